import { constants } from 'node:os';

/**
 * Resolves at the first SIGINT or SIGTERM. A second one ends the process at once (`hurry`), for those who do not want to
 * wait for what is in flight.
 */
export function stopSignal(hurry: (signal: NodeJS.Signals) => void = leave): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let stopping = false;
    const onSignal = (signal: NodeJS.Signals): void => {
      if (stopping) hurry(signal);
      stopping = true;
      resolve(signal);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}

/** Ends the process with the code that shells give to one that a signal ended. */
export function leave(signal: NodeJS.Signals): void {
  process.exit(128 + constants.signals[signal]);
}
