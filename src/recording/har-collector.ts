import type { Exchange } from '../http/index.ts';
import { harEntry } from './har-entry.ts';
import { harEnd, harStart } from './har-frame.ts';
import { createRedactor, type Secrets } from './redact.ts';

/** What a HAR tells of its maker, hides, and keeps at most. */
export interface HarOptions {
  /** Of Apidouble. */
  readonly version: string;
  readonly secrets?: Secrets;
  /** The most exchanges that are kept; later ones are counted only. Default 10,000. */
  readonly mostExchanges?: number;
  /** The most bytes of bodies that are kept in all; later bodies are left out. Default 64 MiB. */
  readonly mostBytes?: number;
}

/** Collects exchanges; `render` gives them as HAR. */
export interface HarCollector {
  add(exchange: Exchange, milliseconds: number, startedAt: Date): void;
  render(): string;
}

const bodyLimit = 64 * 1024;

/** A bounded recording in memory, without credentials, bodies cut. */
export function createHarCollector(options: HarOptions): HarCollector {
  const { mostExchanges = 10_000, mostBytes = 64 * 1024 * 1024 } = options;
  const redactor = createRedactor(options.secrets);
  const entries: unknown[] = [];
  let bytes = 0;
  let lost = 0;
  return {
    add(exchange, milliseconds, startedAt) {
      if (entries.length >= mostExchanges || bytes >= mostBytes) {
        lost += 1;
        return;
      }
      bytes += Math.min(bodyLimit, exchange.request.body.length);
      bytes += Math.min(bodyLimit, exchange.response.body.length);
      const recorded = { exchange, milliseconds, startedAt: startedAt.getTime() };
      entries.push(harEntry(recorded, { redactor, bodyLimit }));
    },
    render() {
      const texts = entries.map((entry) => JSON.stringify(entry, null, 1));
      const comment = lost === 0 ? undefined : `${lost} later exchanges were left out`;
      return `${harStart(options.version)}${texts.join(',\n')}${harEnd(comment)}`;
    },
  };
}
