import { createReadStream, readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ApidoubleError } from '../core/index.ts';
import { bodyFolderOf } from './body-folder.ts';
import { readHar } from './read-har.ts';
import type { RecordedExchange } from './recorded-exchange.ts';
import { recordingError } from './recording-error.ts';
import { decodeLine } from './recording-line.ts';

/** A recording in memory. */
export interface Recording {
  readonly exchanges: readonly RecordedExchange[];
  /** What a person should know of it: a line that a killed process left unfinished, requests without an answer. */
  readonly notes: readonly string[];
}

/** Reads a recording of ours, or a HAR of anybody's. Throws `ERR_RECORDING` with the place where it is none. */
export async function readRecording(file: string): Promise<Recording> {
  const exchanges: RecordedExchange[] = [];
  const notes = await eachExchange(file, (recorded) => exchanges.push(recorded));
  return { exchanges, notes };
}

/** The same one by one, so that a long recording of JSON lines need not be in memory. Gives the notes. */
export async function eachExchange(
  file: string,
  visit: (recorded: RecordedExchange) => void,
): Promise<readonly string[]> {
  if (await isOurs(file)) return eachLine(file, visit);
  const { exchanges, notes } = readHar(await wholeText(file), file);
  for (const recorded of exchanges) visit(recorded);
  return notes;
}

async function isOurs(file: string): Promise<boolean> {
  const start = await firstBytes(file);
  return start.startsWith('{"apidouble":"recording"');
}

async function firstBytes(file: string): Promise<string> {
  try {
    const stream = createReadStream(file, { end: 63, encoding: 'latin1' });
    let start = '';
    for await (const piece of stream) start += String(piece);
    return start;
  } catch (error) {
    throw recordingError('read', file, error);
  }
}

const longestHar = 512 * 1024 * 1024;

async function wholeText(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > longestHar) {
    const reason = `it has more than ${longestHar} bytes. Record in JSON lines, or split it`;
    throw new ApidoubleError('ERR_RECORDING', `Cannot read recording "${file}": ${reason}.`);
  }
  return readFile(file, 'utf8');
}

/** The longest line: a body stands in it up to 64 KiB, so that even its header fields leave much room. */
const longestLine = 64 * 1024 * 1024;

async function eachLine(
  file: string,
  visit: (recorded: RecordedExchange) => void,
): Promise<readonly string[]> {
  let rest = '';
  let number = 0;
  const take = (line: string): void => {
    number += 1;
    if (number > 1 && line !== '') visit(decode(line, file, number));
  };
  for await (const piece of createReadStream(file, { encoding: 'utf8' })) {
    rest += String(piece);
    let start = 0;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', start)) {
      take(rest.slice(start, end));
      start = end + 1;
    }
    rest = rest.slice(start);
    if (rest.length > longestLine) throw lineError(file, number + 1, 'it does not end');
  }
  if (rest === '') return [];
  return [`Line ${number + 1} of the recording is not finished and was left out: its process was killed.`];
}

function decode(line: string, file: string, number: number): RecordedExchange {
  try {
    return decodeLine(line, (name) => bodyOf(file, name));
  } catch (error) {
    throw lineError(file, number, error instanceof Error ? error.message : String(error));
  }
}

/** A recording is not trusted: it names files of its own folder only. */
function bodyOf(file: string, name: string): Uint8Array {
  if (!/^[\w-]+(?:\.[\w-]+)*$/.test(name)) throw new Error(`"${name}" is no name of a body file`);
  return readFileSync(join(bodyFolderOf(file), name));
}

function lineError(file: string, number: number, reason: string): ApidoubleError {
  return new ApidoubleError(
    'ERR_RECORDING',
    `Cannot read recording "${file}:${number}": ${reason}. Take the line out, or record again.`,
  );
}
