import { printable, shellWord } from '../core/index.ts';
import type { SampleCall } from './sample-call.ts';

/** A call as a command to paste into a shell, on one line: `curl -X POST http://… -H 'Content-Type: …' --data-raw '…'`. */
export function curlCommand(call: SampleCall): string {
  const words = ['curl', ...methodWords(call), word(call.url)];
  for (const [name, value] of call.headers) words.push('-H', word(`${name}: ${value}`));
  if (call.body !== undefined) words.push('--data-raw', bodyWord(call.body));
  return words.join(' ');
}

function methodWords(call: SampleCall): string[] {
  if (call.method === 'GET' && call.body === undefined) return [];
  if (call.method === 'HEAD') return ['--head'];
  return ['-X', word(call.method)];
}

/** Control characters cannot be pasted; what is left of them is harmless. */
function word(text: string): string {
  return shellWord(printable(text));
}

/** A body of several lines (multipart) stays one line of text: `printf` writes its line ends. */
function bodyWord(body: string): string {
  if (printable(body) === body) return shellWord(body);
  return `"$(printf -- ${shellWord(body.replace(/[\\%]/g, '$&$&').replace(/\p{Cc}/gu, octal))})"`;
}

function octal(character: string): string {
  return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
