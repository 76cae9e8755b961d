import {
  ApidoubleError,
  type ErrorCode,
  type Finding,
  type Origin,
  type SourceLocation,
} from '../core/index.ts';
import type { ApiDocument, ApiOperation } from './api-document.ts';
import { brokenOperations } from './broken-operations.ts';
import { versionOf } from './document-source.ts';
import type { LoadOptions } from './load-options.ts';
import { makeLocator } from './locator.ts';
import { extensionsOf, LazyOperation, type OperationFacts } from './operation.ts';
import { type Common, readHooks, readItem, readPaths } from './paths.ts';
import { freezeDeep, isObject, listOf, own, textOf } from './raw.ts';
import type { Reading } from './reading.ts';
import type { References } from './references.ts';
import type { Scan } from './scan.ts';
import { Schemas } from './schemas.ts';
import { checkSecurity, readSecurity, readSecuritySchemes } from './security.ts';
import { defaultServers, readServers, readSwaggerServers } from './server-object.ts';
import { descend, type Located, rootOf } from './source-file.ts';
import type { SourceReader } from './source-reader.ts';
import { toJson } from './to-json.ts';

/** What reading the files has left. */
export interface Loaded {
  readonly references: References;
  readonly scan: Scan;
  readonly reader: SourceReader;
  readonly corrections: NonNullable<LoadOptions['corrections']>;
}

/** The document over the files that were read, its structure looked at, its operations lazy. */
export function makeDocument({ references, scan, reader, corrections }: Loaded): ApiDocument {
  const root = rootOf(references.root);
  const faults: Finding[] = [...(references.root.overlaid?.faults ?? []), ...scan.faults];
  const locate = makeLocator(references, reader);
  const common = commonOf(root, { references, faults, broken: scan.broken });
  const paths = readPaths(descend(root, 'paths'), common);
  const hooks = readHooks(descend(root, 'webhooks'), common);
  const reading = readingOf(references, { common, facts: paths, locate });
  const operations = Object.freeze(
    paths.map((facts) => new LazyOperation(facts, reading, correctionFor(facts, corrections))),
  );
  const webhooks = Object.freeze(hooks.map((facts) => new LazyOperation(facts, reading)));
  const document: ApiDocument = {
    uri: root.file.uri,
    version: versionOf(root.value) ?? '',
    info: infoOf(root.value),
    servers: common.servers,
    operations,
    webhooks,
    securitySchemes: common.schemes,
    tags: tagsOf(root.value),
    faults: Object.freeze(faults),
    files: filesOf(references),
    extensions: extensionsOf(root.value),
    toJSON: () => toJson({ document, references, schemas: reading.schemas, root }),
    locate,
  };
  return document;
}

function correctionFor(
  { key, method, path }: OperationFacts,
  corrections: Loaded['corrections'],
): object | undefined {
  for (const name of [key, `${method} ${path}`])
    if (Object.hasOwn(corrections, name)) return corrections[name];
  return undefined;
}

/** The document, its overlays, and the others: these are read several at a time; their order must not depend on which was faster. */
function filesOf({ root, files }: References): readonly string[] {
  const others = [...files.keys()].filter((uri) => uri !== root.uri);
  return Object.freeze([root.uri, ...(root.overlaid?.files.keys() ?? []), ...others.sort()]);
}

interface Found {
  readonly references: References;
  readonly faults: Finding[];
  readonly broken: ReadonlyMap<object, Finding>;
}

function commonOf(root: Located, { references, faults, broken }: Found): Common {
  const schemes = readSecuritySchemes(root, references, faults);
  const security = descend(root, 'security');
  checkSecurity(security, schemes, faults);
  const isSwagger = root.file.dialect === '2.0';
  return {
    references,
    schemes,
    faults,
    ids: new Map(),
    security: readSecurity(security) ?? [],
    servers: isSwagger ? readSwaggerServers(root) : (readServers(descend(root, 'servers')) ?? defaultServers),
    getFault: brokenOperations(references, broken),
  };
}

interface ReadingParts {
  readonly common: Common;
  readonly facts: readonly OperationFacts[];
  readonly locate: (origin: Origin) => SourceLocation;
}

function readingOf(references: References, { common, facts, locate }: ReadingParts): Reading {
  const fail = (finding: Finding): never => {
    throw brokenReference(finding, locate);
  };
  const keys = new WeakMap(facts.map(({ place, key }) => [place.value as object, key]));
  const reading: Reading = {
    references,
    schemas: new Schemas(references, fail),
    fail,
    operationKey: (wanted) => {
      if ('id' in wanted) return common.ids.get(wanted.id)?.key;
      return isObject(wanted.place.value) ? keys.get(wanted.place.value) : undefined;
    },
    readCallback: (expression, place): readonly ApiOperation[] => {
      const quiet = { ...common, faults: [], ids: new Map(), variables: [] };
      return readItem(expression, place, quiet).map((one) => new LazyOperation(one, reading));
    },
  };
  return reading;
}

function brokenReference(finding: Finding, locate: (origin: Origin) => SourceLocation): ApidoubleError {
  const code: ErrorCode = finding.code === 'document.reference-host' ? 'ERR_REFERENCE_HOST' : 'ERR_REFERENCE';
  const location = finding.origin === undefined ? undefined : locate(finding.origin);
  const at = location === undefined ? '' : `${location.file}:${location.line}:${location.column}`;
  const message = `Cannot read the place "${at}": ${finding.message} Correct the document there.`;
  return new ApidoubleError(code, message, location === undefined ? {} : { location });
}

function infoOf(root: unknown): ApiDocument['info'] {
  const info = own(root, 'info');
  const description = textOf(own(info, 'description'));
  const version = own(info, 'version');
  return Object.freeze({
    title: textOf(own(info, 'title')) ?? '',
    version: version === undefined ? '' : String(version),
    ...(description === undefined ? {} : { description }),
  });
}

function tagsOf(root: unknown): ApiDocument['tags'] {
  const tags = listOf(own(root, 'tags')).filter(isObject);
  return freezeDeep(
    tags.flatMap((tag) => {
      const name = textOf(tag.name);
      const description = textOf(tag.description);
      if (name === undefined) return [];
      return [{ name, ...(description === undefined ? {} : { description }) }];
    }),
  );
}
