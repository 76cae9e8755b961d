import type { Decoded, WireFault } from './codec.ts';

const none: readonly WireFault[] = Object.freeze([]);

/** What decoding gives for something that was not sent. */
export const absent: Decoded = Object.freeze({ present: false, value: undefined, faults: none });

/** What decoding gives for something that was sent; `faults` may still be empty. */
export function present(value: unknown, faults: readonly WireFault[] = none): Decoded {
  return { present: true, value, faults };
}

/** Shows a text in a finding: quoted, and cut to a length that a person reads. */
export function quote(text: string): string {
  return text.length <= 80 ? JSON.stringify(text) : `${JSON.stringify(text.slice(0, 80))}…`;
}
