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

/** authentik's whole document, 814 operations; `undefined` where it is not beside the repository. */
export function authentik(): BenchDocument | undefined {
  const candidates = ['../shared/documents', '../../shared/documents'];
  const found = candidates
    .map((folder) => resolve(root, folder, 'authentik-2024.6.1.yml'))
    .find((path) => existsSync(path));
  return found === undefined ? undefined : inBothForms('authentik', found);
}

/** The bundled events API. */
export function events(): BenchDocument {
  return inBothForms('openapi.yaml', join(root, 'openapi.yaml'));
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
