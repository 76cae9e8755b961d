import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { renderJunit } from '../../../src/contract/report/render-junit.ts';
import { hostileReport, hostileText, sampleReport } from './sample-report.ts';

interface Allowed {
  readonly within: readonly string[];
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
}

/**
 * What the schema of Jenkins' xUnit plugin (junit-10.xsd) allows of what can stand in such a report; `file` of a case is none of it:
 * GitLab reads it, and Jenkins' own JUnit plugin passes over it.
 */
const jenkins: Readonly<Record<string, Allowed>> = {
  testsuites: { within: [''], optional: ['name', 'time', 'tests', 'failures', 'errors'] },
  testsuite: {
    within: ['testsuites', 'testsuite'],
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
  },
  properties: { within: ['testsuite'] },
  property: { within: ['properties'], required: ['name', 'value'] },
  testcase: { within: ['testsuite'], required: ['name'], optional: ['time', 'classname', 'group', 'file'] },
  failure: { within: ['testcase'], optional: ['type', 'message'] },
  error: { within: ['testcase'], optional: ['type', 'message'] },
  skipped: { within: ['testcase'], optional: ['type', 'message'] },
};

interface Element {
  readonly name: string;
  /** The name of the element around it. */
  readonly within: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** Every element in order; throws where the text is not well-formed. */
function elementsOf(xml: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const within = open.at(-1)?.name ?? '';
    const element = { name, within, attributes: { ...attributes } as Record<string, string>, text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return elements;
}

function named(elements: readonly Element[], name: string): Element[] {
  return elements.filter((element) => element.name === name);
}

describe('the junit report', () => {
  const elements = elementsOf(renderJunit(sampleReport, { root: '/repo' }));

  it('has a suite per operation and a case per obligation', () => {
    expect(named(elements, 'testsuite').map(({ attributes }) => attributes.name)).toEqual([
      'GET /events/events/',
      'POST /events/events/',
      'GET /events/events/{event_uuid}/',
    ]);
    expect(named(elements, 'testcase').map(({ attributes }) => attributes.name)).toEqual(
      sampleReport.results.map(({ obligation }) => obligation.id),
    );
  });

  it('counts what it holds', () => {
    expect(named(elements, 'testsuites')[0]?.attributes).toMatchObject({
      tests: '16',
      failures: '4',
      time: '4.21',
    });
    expect(named(elements, 'failure')).toHaveLength(4);
    expect(named(elements, 'skipped')).toHaveLength(5);
  });

  it('says where, what and why of a failure', () => {
    const [failed] = named(elements, 'testcase');
    expect(failed?.attributes).toMatchObject({
      classname: 'authentik events.GET /events/events/',
      file: 'openapi.yaml',
    });
    const [failure] = named(elements, 'failure');
    expect(failure?.attributes.type).toBe('rejected.maximum');
    expect(failure?.text).toContain('openapi.yaml:120:13');
    expect(failure?.text).toContain("curl 'http://127.0.0.1:8000/api/v3/events/events/?page_size=101'");
    expect(failure?.text).toContain('expected: a status from 400 to 499');
  });

  it('never shows as green what was not decided', () => {
    const reasons = named(elements, 'skipped').map(({ attributes }) => attributes.message);
    expect(reasons).toContain(
      'inconclusive: the twin was refused with 401: "Authentication credentials were not provided."',
    );
    expect(reasons).toContain('the target cannot keep a life cycle');
    expect(reasons).toContain('warning: The 429 has no Retry-After header.');
  });

  it('counts warnings as failures where the run does', () => {
    const strict = elementsOf(renderJunit(sampleReport, { failOn: 'should' }));
    expect(named(strict, 'failure')).toHaveLength(5);
  });

  it('carries the seed and the target', () => {
    expect(named(elements, 'property').map(({ attributes }) => attributes)).toContainEqual({
      name: 'seed',
      value: '4f2a9c',
    });
  });

  it.each([
    { name: 'a usual run', report: sampleReport },
    { name: 'a hostile server', report: hostileReport() },
  ])('of $name keeps the schema by which Jenkins judges it', ({ report }) => {
    const wrong: string[] = [];
    for (const { name, attributes, within } of elementsOf(renderJunit(report, { root: '/repo' }))) {
      const allowed = jenkins[name];
      if (allowed?.within.includes(within) !== true) wrong.push(`<${name}> in <${within}>`);
      const names = Object.keys(attributes);
      for (const one of allowed?.required ?? [])
        if (!names.includes(one)) wrong.push(`<${name}> without ${one}`);
      const known = [...(allowed?.required ?? []), ...(allowed?.optional ?? [])];
      for (const one of names) if (!known.includes(one)) wrong.push(`<${name} ${one}>`);
      if (attributes.time !== undefined && !/^\d{0,3}(?:,?\d{3})*(?:\.\d*)?$/.test(attributes.time))
        wrong.push(`time ${attributes.time}`);
    }
    expect(wrong).toEqual([]);
  });

  it('is well-formed whatever a server says, and loses only what XML cannot hold', () => {
    const [failure] = named(elementsOf(renderJunit(hostileReport())), 'failure');
    const held = hostileText
      .replace('\u0000\u0008\u001b', '\ufffd\ufffd\ufffd')
      .replace('\ufffe\ud800', '\ufffd\ufffd');
    expect(failure?.attributes.message).toBe(held);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(named(elementsOf(renderJunit(hostileReport(text))), 'testcase')).toHaveLength(3);
      }),
      { numRuns: 60 },
    );
  });
});
