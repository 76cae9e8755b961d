import type { ApiOperation, ParameterObject } from '../../document/index.ts';
import {
  allowsType,
  allPropertiesOf,
  type ListShape,
  listParametersOf,
  listRoleOf,
  plainName,
  propertiesOf,
} from '../../plan/index.ts';
import type { ObligationGroup } from '../report.ts';
import type { JourneyDuty } from './duty.ts';
import { type Life, lifeOf } from './life.ts';
import type { MakeObligation } from './obligation.ts';
import type { PathSources } from './path-sources.ts';
import { pagingFor } from './plan-values.ts';
import { shownListOf } from './shown-list.ts';

type Add = (journey: string, title: string, group?: ObligationGroup) => void;

/** Promises about several exchanges: the life of a thing, and what lists promise. */
export function planJourneys(
  operation: ApiOperation,
  paths: PathSources,
  make: MakeObligation,
): JourneyDuty[] {
  const duties: JourneyDuty[] = [];
  const add: Add = (journey, title, group = 'lifecycle') => {
    duties.push({
      obligation: make({
        group,
        id: `${group}/${journey}`,
        check: `${checkPrefix(group, journey)}${journey}`,
        title,
      }),
      origin: operation.origin,
      journey,
    });
  };
  for (const life of livesOf(operation, paths)) planPart(operation, life, add);
  planList(operation, paths, add);
  return duties;
}

function checkPrefix(group: ObligationGroup, journey: string): string {
  return journey.startsWith('list.') ? '' : `${group}.`;
}

/** The lives that an operation has a part in. */
function livesOf(operation: ApiOperation, paths: PathSources): readonly Life[] {
  const found: Life[] = [];
  for (const create of createsOf(operation, paths)) {
    const life = lifeOf(create, paths);
    if (life === undefined) continue;
    const parts = [life.create, life.read, life.replace, life.update, life.remove];
    if (parts.includes(operation)) found.push(life);
  }
  return found.slice(0, 1);
}

function createsOf(operation: ApiOperation, paths: PathSources): readonly ApiOperation[] {
  if (operation.method === 'POST') return [operation];
  const variable = paths.variables(operation.path).at(-1);
  const source = variable === undefined ? undefined : paths.of(operation.path, variable);
  if (source === undefined) return [];
  const linked = source.links.map(({ from }) => from).filter(({ method }) => method === 'POST');
  return source.create === undefined ? linked : [source.create];
}

function planPart(operation: ApiOperation, life: Life, add: Add): void {
  switch (operation) {
    case life.create:
      planCreate(operation, life, add);
      break;
    case life.read:
      planRead(operation, life, add);
      break;
    case life.replace:
    case life.update:
      planChange(operation, life, add);
      break;
    case life.remove:
      planRemove(life, add);
      break;
    default:
      break;
  }
}

function planCreate(operation: ApiOperation, life: Life, add: Add): void {
  add('stored', 'what was created is read as it was written');
  add('answer-equals-stored', 'the answer to a creation is what is kept');
  add('round-trip', 'odd texts come back as they were written');
  add('ids-unique', 'two things have two ids');
  if (operation.security.length > 0 && life.list !== undefined) {
    add('refused-creates-nothing', 'what nobody known asks for is not kept');
  }
  add('read-only', 'a client does not set what is read-only');
  if (life.list !== undefined) {
    add('contained', 'what was created is in the list');
    add('once', 'what was created is there once');
  }
  if (life.list !== undefined && operation.responses.has('409')) {
    add('conflict-keeps-nothing', 'what is refused for a conflict is not kept');
  }
  if (hasHeader(operation, 'location')) add('location', 'Location leads to what was created');
  add('concurrent-creates', 'what is created together is kept apart', 'concurrency');
}

function planRead(operation: ApiOperation, life: Life, add: Add): void {
  const changes = life.replace !== undefined || life.update !== undefined;
  if (hasHeader(operation, 'etag') && changes) add('etag-changes', 'the ETag changes when the thing does');
  if (operation.responses.has('304')) add('not-modified', 'who knows the thing is not sent it again');
  add('concurrent-reads', 'things that are read together are not mixed up', 'concurrency');
}

function planChange(operation: ApiOperation, life: Life, add: Add): void {
  add('stored', 'a change is kept');
  add('neighbour', 'a change leaves other things as they are');
  add('refused-changes-nothing', 'a change that is refused changes nothing');
  if (operation === life.replace) {
    add('replaces', 'what is left out of a replacement is gone');
    add('idempotent', 'the same replacement twice is as good as once');
    if (life.list !== undefined) add('creates-none', 'a replacement adds nothing');
  } else {
    add('keeps-the-rest', 'what a change does not name stays');
    add('several', 'a change of several properties changes all of them');
    add('concurrent-changes', 'changes of two properties made together are both kept', 'concurrency');
  }
  if (
    operation.responses.has('412') &&
    operation.parameters.some(({ name }) => plainName(name) === 'ifmatch')
  ) {
    add('if-match', 'a change of an old version is refused, and changes nothing');
    add('if-match-race', 'of two changes of one version one is refused', 'concurrency');
  }
}

function planRemove(life: Life, add: Add): void {
  add('gone', 'what was deleted can be read no more');
  add('neighbour', 'what was not deleted is still there');
  add('twice', 'to delete twice is no crash');
  add('refused-deletes-nothing', 'who may not delete deletes nothing');
  if (life.list !== undefined) add('gone-from-list', 'what was deleted is not in the list');
}

function hasHeader(operation: ApiOperation, wanted: string): boolean {
  for (const [status, response] of operation.responses) {
    if (/^2/.test(status) && [...response.headers.keys()].some((name) => name.toLowerCase() === wanted))
      return true;
  }
  return false;
}

function planList(operation: ApiOperation, paths: PathSources, add: Add): void {
  if (operation.method !== 'GET') return;
  const shape = shownListOf(operation);
  if (shape === undefined) return;
  const paging = pagingFor(operation);
  if (paging !== undefined) {
    if (paging.size !== undefined) add('list.paging.size', 'a page has no more items than were asked for');
    add('list.paging.pages', 'pages share nothing and leave nothing out');
    add('list.paging.end', 'there is an end, and nothing behind it');
  }
  const counted = shape.members.some(({ role }) => role === 'total');
  if (counted) add('list.paging.count', 'the count is that of the items');
  const judged = judgedParameters(operation, shape).filter(
    ({ in: place, name }) => place !== 'path' || paths.of(operation.path, name) === undefined,
  );
  for (const { name } of judged) {
    const role = listRoleOf(operation, name);
    add(`list.${role}.${name}`, `${name} ${role === 'order' ? 'orders' : 'filters'} the list`);
  }
  if (paths.variables(operation.path).some((name) => paths.of(operation.path, name) !== undefined)) {
    add('list.nested', 'a list has only what belongs to the thing it stands under');
  }
  if (isPrivate(operation, paths)) {
    add('list.private', 'who may not read a thing is not shown it in a list');
    add(
      'list.concurrent-identities',
      'a list is not that of another who asks at the same time',
      'concurrency',
    );
  }
  if (judged.some(({ name, in: place }) => place !== 'path' && listRoleOf(operation, name) === 'filter'))
    add('list.concurrent-filters', 'the filter of one request is not used for another', 'concurrency');
}

/** The parameters of which it can be seen in the items whether they do what they are for. */
function judgedParameters(operation: ApiOperation, shape: ListShape): readonly ParameterObject[] {
  const { paging, filters } = listParametersOf(operation, shape);
  const bound = [paging?.page, paging?.size, paging?.offset, paging?.cursor];
  const filtering = new Set(filters.map(({ parameter }) => parameter));
  const properties = [...allPropertiesOf(shape.itemSchema).values()];
  const hasTexts = properties.some((schema) => allowsType(schema, 'string'));
  return operation.parameters.filter((parameter) => {
    const { name, in: place } = parameter;
    if (bound.includes(name)) return false;
    const role = listRoleOf(operation, name);
    if (role === 'search') return hasTexts;
    if (role !== 'filter') return role === 'order' && properties.length > 0;
    return place !== 'query' || filtering.has(name) || propertiesOf(parameter.schema).size > 0;
  });
}

/** A list of things of which each may be refused for whose it is. */
function isPrivate(operation: ApiOperation, paths: PathSources): boolean {
  const create = paths.at(operation.path).find(({ method }) => method === 'POST');
  const life = create === undefined ? undefined : lifeOf(create, paths);
  if (life === undefined || !life.read.responses.has('403')) return false;
  return life.read.security.every((one) => [...one.values()].every((scopes) => scopes.length === 0));
}
