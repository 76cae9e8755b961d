import { describe, expect, it } from 'vitest';
import { matchStatus, parseStatusPattern, reasonOf } from '../../src/http/index.ts';

function patterns(...texts: string[]) {
  return texts.flatMap((text) => parseStatusPattern(text) ?? []);
}

describe('parseStatusPattern', () => {
  it.each([
    ['200', { kind: 'exact', text: '200', status: 200 }],
    ['4XX', { kind: 'range', text: '4XX', hundreds: 4 }],
    ['5xx', { kind: 'range', text: '5xx', hundreds: 5 }],
    ['default', { kind: 'default', text: 'default' }],
    ['', undefined],
    ['20', undefined],
    ['2000', undefined],
    ['020', undefined],
    ['2X0', undefined],
    ['x-note', undefined],
    ['Default', undefined],
  ])('%j', (text, want) => {
    expect(parseStatusPattern(text)).toEqual(want);
  });
});

describe('matchStatus', () => {
  it.each([
    [['default', '2XX', '200'], 200, '200'],
    [['default', '2XX', '200'], 201, '2XX'],
    [['2XX', 'default'], 299, '2XX'],
    [['default', '2XX', '200'], 404, 'default'],
    [['2XX', '200'], 404, undefined],
    [[], 200, undefined],
  ])('%j for %d is %s', (texts, status, want) => {
    expect(matchStatus(patterns(...texts), status)?.text).toBe(want);
  });
});

describe('reasonOf', () => {
  it.each([
    [404, 'Not Found'],
    [422, 'Unprocessable Content'],
    [499, 'Bad Request'],
    [299, 'OK'],
    [999, 'Unknown'],
  ])('%d is %s', (status, want) => {
    expect(reasonOf(status)).toBe(want);
  });
});
