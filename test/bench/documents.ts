import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { JSON_SCHEMA, load } from 'js-yaml';
import { cacheFolder, root } from './cache.ts';

/** A document on disk in both forms, so that each server can be given the one it reads. */
export interface BenchDocument {
  readonly name: string;
  readonly json: string;
  readonly yaml: string;
}

type Json = Record<string, unknown>;

/** authentik's whole document, 814 operations: the one of the project's page, else the one of the npm package. */
export function authentik(): BenchDocument {
  const candidates = [
    resolve(root, '../shared/documents/authentik-2024.6.1.yml'),
    resolve(root, '../../shared/documents/authentik-2024.6.1.yml'),
    join(root, 'node_modules/@goauthentik/api/schema.yml'),
  ];
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined)
    throw new Error(`Cannot find authentik's document: none of ${candidates.join(', ')} exists`);
  return inBothForms('authentik', found);
}

/** The events API: `openapi.yaml`, or what authentik's document says of it where that is not there yet. */
export function events(): BenchDocument {
  const own = join(root, 'openapi.yaml');
  if (existsSync(own)) return inBothForms('openapi.yaml', own);
  const extract = extractPaths(readJson(authentik().json), '/events/events/');
  const file = join(cacheFolder('bench'), 'events-extract.json');
  writeFileSync(file, JSON.stringify(extract));
  return { name: 'events (extract)', json: file, yaml: file };
}

/** A generated document of so many operations: half creates, half retrieves, each pair with schemas of its own. */
export function generated(operations: number): BenchDocument {
  const paths: Json = {};
  for (let index = 0; index < operations / 2; index += 1) {
    paths[`/group-${index % 100}/things-${index}/`] = { post: create(index) };
    paths[`/group-${index % 100}/things-${index}/{id}/`] = { get: retrieve(index) };
  }
  const file = join(cacheFolder('bench'), `generated-${operations}.json`);
  const info = { title: `${operations} operations`, version: '1' };
  writeFileSync(file, JSON.stringify({ openapi: '3.0.3', info, paths }));
  return { name: `${operations} operations`, json: file, yaml: file };
}

function inBothForms(name: string, yaml: string): BenchDocument {
  const json = join(cacheFolder('bench'), `${name.replace(/\W+/g, '-')}.json`);
  writeFileSync(json, JSON.stringify(load(readFileSync(yaml, 'utf8'), { schema: JSON_SCHEMA })));
  return { name, json, yaml };
}

function readJson(file: string): Json {
  return JSON.parse(readFileSync(file, 'utf8')) as Json;
}

/** The paths with a prefix, and every component that they need. */
function extractPaths(document: Json, prefix: string): Json {
  const all = document.paths as Json;
  const paths = Object.fromEntries(Object.entries(all).filter(([path]) => path.startsWith(prefix)));
  const components = document.components as Record<string, Json>;
  const kept: Record<string, Json> = { securitySchemes: components.securitySchemes ?? {} };
  const queue: unknown[] = [paths];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const [, section = '', name = ''] of JSON.stringify(node).matchAll(
      /"#\/components\/(\w+)\/(\w+)"/g,
    )) {
      kept[section] ??= {};
      if (kept[section][name] !== undefined) continue;
      kept[section][name] = components[section]?.[name];
      queue.push(kept[section][name]);
    }
  }
  return { ...document, paths, components: kept };
}

function create(index: number): Json {
  return {
    operationId: `create_${index}`,
    requestBody: { required: true, content: { 'application/json': { schema: thing(index) } } },
    responses: { 201: { description: 'made', content: { 'application/json': { schema: thing(index) } } } },
  };
}

function retrieve(index: number): Json {
  return {
    operationId: `retrieve_${index}`,
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
    responses: { 200: { description: 'found', content: { 'application/json': { schema: thing(index) } } } },
  };
}

function thing(index: number): Json {
  const properties = {
    action: { type: 'string', enum: ['login', 'logout', `custom_${index}`] },
    app: { type: 'string', minLength: 1, maxLength: 200 },
    client_ip: { type: 'string', nullable: true },
    expires: { type: 'string', format: 'date-time' },
    context: { type: 'object', additionalProperties: true },
  };
  return { type: 'object', required: ['action', 'app'], properties };
}
