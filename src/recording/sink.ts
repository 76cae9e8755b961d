import type { RecordedExchange } from './recorded-exchange.ts';

/** The formats of a recording behind one face. */
export interface Sink {
  /** Throws where the exchange cannot be written down as a whole; nothing of it is left then. */
  write(recorded: RecordedExchange): void;
  /** Throws where there is no room for an exchange. Leaves nothing. */
  probe(): void;
  close(): void;
}
