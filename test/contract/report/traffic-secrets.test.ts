import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Report, reportTraffic } from '../../../src/contract/index.ts';
import { HeaderList, noBody } from '../../../src/http/index.ts';
import { createRecorder, redactTold, secretNames } from '../../../src/recording/index.ts';
import { command } from '../../cli/command.ts';
import { folderWith } from '../../flows/command.ts';
import { answered, asked, secretDocument as document, fields, passSecrets } from './secret-traffic.ts';

async function reportOfProxy(): Promise<Report> {
  const proxy = await passSecrets();
  return reportTraffic({
    document: proxy.document,
    target: proxy.upstream,
    source: 'proxy',
    startedAt: 0,
    seconds: 1,
    ...proxy.coverage(),
    notes: [],
    secrets: { names: secretNames(proxy.document) },
    engineOpinion: true,
  });
}

async function reportOfCheck(): Promise<Report> {
  const folder = folderWith({ 'api.json': JSON.stringify(document) });
  const recorder = createRecorder(join(folder.path, 'traffic.jsonl'), { redact: false });
  for (const [method, target, sent] of asked) {
    const headers = HeaderList.from(fields.map((field) => field.split(': ') as [string, string]));
    const json = HeaderList.from([['Content-Type', 'application/json']]);
    const exchange = {
      request: { method, target, origin: 'http://a.example', headers, body: Buffer.from(sent) },
      response: { status: 200, headers: json, body: Buffer.from(JSON.stringify(answered)) },
    };
    recorder.record({ exchange, startedAt: 0, milliseconds: 1 });
  }
  recorder.close();
  const files = [join(folder.path, 'traffic.jsonl'), '--document', join(folder.path, 'api.json')];
  const { out } = await command('check', ...files, '--no-config', '--reporter', 'json');
  folder.remove();
  return JSON.parse(out) as Report;
}

describe('what is secret for its name', () => {
  it.each([
    ['proxy', reportOfProxy],
    ['check', reportOfCheck],
  ])('stands in no word of the report of %s', async (_, reportOf) => {
    const report = await reportOf();
    const told = report.findings.map(({ message, expected, seen }) => ({ message, expected, seen }));
    expect(JSON.stringify(report).match(/SECRET.{0,9}|xxxx|7351984|api_key=xy/g)).toBe(null);
    // All that is wrong is told, with what was seen there.
    for (const seen of [
      'GET /nope?api_key=%5Bredacted%5D',
      'GET /nope2?access_token=%5Bredacted%5D&api_key=%5Bredacted%5D',
      'GET /nope3?api_key=%5Bredacted%5D',
      '10 characters: "[redacted]"',
      '11 characters: "[redacted]"',
      '8 characters: "[redacted]"',
      '108 characters: "[redacted]…"',
      '"[redacted]"',
      '[redacted]',
      '"harmless"',
    ])
      expect(told.map((one) => one.seen)).toContain(seen);
    expect(told.some(({ message }) => message.includes('password must have at most 3 characters'))).toBe(
      true,
    );
  });
});

describe('an exchange with more secrets than can be looked for', () => {
  it('has no words', () => {
    const tokens = Array.from({ length: 12_000 }, (_, index) => ({ token: `secret${index}` }));
    const body = Buffer.from(JSON.stringify(tokens));
    const headers = HeaderList.from([['Content-Type', 'application/json']]);
    const request = { method: 'GET', target: '/', origin: '', headers: HeaderList.from([]), body: noBody };
    const exchange = { request, response: { status: 200, headers, body } };
    const { text } = redactTold(exchange);
    expect(text('seen: "secret11999"')).toBe('[redacted]');
  });
});
