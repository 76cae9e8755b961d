import { describe, expect, it } from 'vitest';
import { reportFailure } from '../../src/cli/failure.ts';
import { plainOutput } from '../../src/cli/terminal.ts';
import { ApidoubleError } from '../../src/core/index.ts';

const location = { uri: 'file:///api.yaml', pointer: '/paths', file: 'api.yaml', line: 3, column: 7 };

describe('reportFailure', () => {
  const table: [name: string, error: unknown, code: number, want: RegExp][] = [
    [
      'the place first, where the message does not name it',
      new ApidoubleError('ERR_REFERENCE', 'Cannot follow "x": it is not there.', { location }),
      2,
      /^error api\.yaml:3:7: Cannot follow "x": it is not there\.\n$/,
    ],
    [
      'the place once, where the message names it',
      new ApidoubleError('ERR_DOCUMENT_SYNTAX', 'Cannot read "api.yaml:3:7": bad.', { location }),
      2,
      /^error Cannot read "api\.yaml:3:7": bad\.\n$/,
    ],
    [
      'nothing that a terminal would obey',
      new ApidoubleError('ERR_OPTION', 'Cannot use "\u001b[2J".'),
      2,
      /^error Cannot use "\\u001b\[2J"\.\n$/,
    ],
    [
      'the stack of a bug of ours',
      new ApidoubleError('ERR_INTERNAL', 'Lost.'),
      70,
      /Lost\.\n\s+at .*\n\nThis is a bug/s,
    ],
    [
      'the stack of any other error',
      new TypeError('x is undefined'),
      70,
      /TypeError: x is undefined\n\s+at /,
    ],
    ['what was thrown and is no error', 'oops', 70, /^oops\n\nThis is a bug/],
  ];
  for (const [name, error, code, want] of table) {
    it(`says ${name}`, () => {
      let text = '';
      const output = plainOutput((piece) => {
        text += piece;
      });
      expect(reportFailure(error, output)).toBe(code);
      expect(text).toMatch(want);
    });
  }
});
