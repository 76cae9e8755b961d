import { childOrigin, originOf } from '../../core/index.ts';
import type { ApiOperation, MediaTypeObject, ParameterObject } from '../../document/index.ts';
import { isJson, parseMediaType } from '../../http/index.ts';
import { correctionOf, mediaSchema, type Paging, pagingOf } from '../../plan/index.ts';
import { type Schema, typesOf } from '../../schema/index.ts';
import { breachesOf } from '../values/negatives.ts';
import { edgesOf } from '../values/positives.ts';
import type { AcceptedDuty, Duty, RejectedDuty, Site } from './duty.ts';
import type { MakeObligation } from './obligation.ts';
import type { PathSources } from './path-sources.ts';
import { type Spot, spotsOf } from './spots.ts';

/** The keyword that no wire can break in a text, or that only JSON knows. */
const onlyInJson = new Set(['type.null']);

/** Headers that change what is asked: a made-up value has a meaning of its own. */
const conditional = /^(?:if-|range$|accept$|content-type$|authorization$|cookie$|last-event-id$)/i;

/** Parameters whose values are not free: made-up ones are valid and still lead nowhere. */
export function isBound(operation: ApiOperation, parameter: ParameterObject, paths: PathSources): boolean {
  if (parameter.in === 'path') return paths.of(operation.path, parameter.name) !== undefined;
  if (parameter.in === 'header') return conditional.test(parameter.name);
  if (parameter.in !== 'query') return false;
  const { name } = parameter;
  return isPlaceInList(operation, name) || pagingFor(operation)?.cursor === name;
}

/** A page or an offset: a valid one may lie past the end, which a server may refuse. */
export function isPlaceInList(operation: ApiOperation, name: string): boolean {
  const paging = pagingFor(operation);
  return paging?.page === name || paging?.offset === name;
}

const pagings = new WeakMap<ApiOperation, { readonly paging: Paging | undefined }>();

/** How an operation's list is paged, by what is said of it and else by its parameters. It is asked for each value of each request. */
export function pagingFor(operation: ApiOperation): Paging | undefined {
  const known = pagings.get(operation) ?? {
    paging: pagingOf(operation.parameters, correctionOf(operation).paging),
  };
  pagings.set(operation, known);
  return known.paging;
}

/** The media type that bodies are sent in: JSON where there is a choice. */
export function mainMedia(operation: ApiOperation): MediaTypeObject | undefined {
  const all = [...(operation.requestBody?.content.values() ?? [])];
  return all.find((one) => isJsonType(one.mediaType)) ?? all[0];
}

/** Whether a media type is JSON or ends in `+json`; what cannot be parsed is not. */
export function isJsonType(mediaType: string): boolean {
  const parsed = parseMediaType(mediaType);
  return parsed !== undefined && isJson(parsed);
}

/** The parts of a request that the document constrains. */
export function sitesOf(operation: ApiOperation): readonly Site[] {
  const sites: Site[] = operation.parameters.map((parameter) => ({
    kind: 'parameter',
    parameter,
    schema: parameter.content?.schema ?? parameter.schema,
  }));
  const media = mainMedia(operation);
  const schema = media === undefined ? undefined : mediaSchema(media);
  if (media !== undefined && schema !== undefined) sites.push({ kind: 'body', media, schema });
  return sites;
}

/** A site's name in ids: `query.page_size`, `body`. */
export function siteName(site: Site): string {
  return site.kind === 'body' ? 'body' : `${site.parameter.in}.${site.parameter.name}`;
}

function spotName(site: Site, spot: Spot): string {
  if (spot.label === '') return siteName(site);
  return `${siteName(site)}${/^[[(]/.test(spot.label) ? '' : '.'}${spot.label}`;
}

/** Valid values at the edges of every site. */
export function planAccepted(
  operation: ApiOperation,
  paths: PathSources,
  make: MakeObligation,
): AcceptedDuty[] {
  const duties: AcceptedDuty[] = [];
  for (const site of sitesOf(operation)) {
    if (
      site.kind === 'parameter' &&
      isBound(operation, site.parameter, paths) &&
      !isPlaceInList(operation, site.parameter.name)
    )
      continue;
    for (const spot of spotsOf(site.schema)) {
      for (const edge of edgesOf(spot)) {
        if (!canCarryEdge(site, edge.name)) continue;
        const where = spotName(site, spot);
        duties.push({
          obligation: make({
            group: 'accepted',
            id: `${where}/${edge.name}/accepted`,
            check: `accepted.${edge.keyword}`,
            title: `${where}: ${edge.words} is accepted`,
          }),
          origin: originIn(edge.owner, edge.keyword),
          site,
          spot,
          edge,
        });
      }
    }
  }
  return duties;
}

function canCarryEdge(site: Site, name: string): boolean {
  if (onlyInJson.has(name)) return isJsonSite(site);
  return name !== 'type.odd-text' || site.kind === 'body' || site.parameter.in === 'query';
}

/** Values that break one keyword each, for every site. */
export function planRejected(operation: ApiOperation, make: MakeObligation): RejectedDuty[] {
  const duties: RejectedDuty[] = [];
  for (const site of sitesOf(operation)) {
    for (const spot of spotsOf(site.schema)) {
      for (const breach of breachesOf(spot)) {
        if (!canCarryBreach(site, spot, breach.name)) continue;
        const where = spotName(site, spot);
        duties.push({
          obligation: make({
            group: 'rejected',
            id: `${where}/${breach.name}/rejected`,
            check: `rejected.${breach.keyword}`,
            title: `${where}: ${breach.words} is refused`,
          }),
          origin: originIn(breach.owner, breach.keyword),
          site,
          spot,
          breach,
        });
      }
    }
  }
  return duties;
}

/** In a text everything is a text, and nothing is null; of what is optional null may mean that it is absent. */
function canCarryBreach(site: Site, spot: Spot, name: string): boolean {
  if (name === 'type.null') return isJsonSite(site) && spot.required;
  if (name !== 'type' || isJsonSite(site)) return true;
  return !spot.parts.some((part) => hasType(part, 'string'));
}

function hasType(schema: Schema, type: 'string'): boolean {
  return typeof schema === 'object' && typesOf(schema)?.includes(type) === true;
}

function isJsonSite(site: Site): boolean {
  if (site.kind === 'body') return isJsonType(site.media.mediaType);
  return site.parameter.content !== undefined && isJsonType(site.parameter.content.mediaType);
}

function originIn(owner: object, keyword: string): Duty['origin'] {
  const origin = originOf(owner);
  return origin === undefined ? undefined : childOrigin(origin, keyword);
}
