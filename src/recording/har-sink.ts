import { renameSync } from 'node:fs';
import { packageVersion } from '../core/index.ts';
import { openAppendFile } from './append-file.ts';
import { harEntry } from './har-entry.ts';
import { harEnd, harStart } from './har-frame.ts';
import type { Redactor } from './redact.ts';
import type { Sink } from './sink.ts';

/** Writes a HAR beside the file, which takes its name when it is closed. Throws `ERR_RECORDING` where it cannot be written. */
export function createHarSink(file: string, redactor: Redactor | undefined): Sink {
  const partial = `${file}.partial`;
  const har = openAppendFile(partial, { truncate: true });
  har.append(harStart(packageVersion()));
  let separator = '';
  const options = {
    bodyLimit: Number.POSITIVE_INFINITY,
    ...(redactor === undefined ? {} : { redactor }),
  };
  return {
    write(recorded) {
      har.append(`${separator}${JSON.stringify(harEntry(recorded, options))}`);
      separator = ',\n';
    },
    probe: () => har.probe(),
    close() {
      // Also after a fault: what was recorded before it is whole, and its end needs less room than what did not fit.
      try {
        har.append(harEnd());
      } finally {
        har.close();
      }
      renameSync(partial, file);
    },
  };
}
