import { readFileSync } from 'node:fs';
import { ApidoubleError, fileReason } from '../core/index.ts';
import type { ListenOptions, MockOptions } from '../mock/index.ts';
import type { MockFlags } from './mock-flags.ts';
import { refuseOption } from './option-values.ts';
import { adminOption } from './serving-flags.ts';

/** What `createMock` takes, from the flags; the document and the listeners are the caller's to add. Throws what `readFault` throws. */
export async function mockOptions(flags: MockFlags): Promise<Omit<MockOptions, 'document'>> {
  return {
    source: flags.source,
    ignoreExamples: flags.ignoreExamples,
    fillProperties: flags.fillProperties,
    validateRequest: flags.validateRequest,
    errors: flags.errors,
    explain: flags.explain,
    ...(flags.stateful === undefined ? {} : { stateful: flags.stateful }),
    ...(flags.seedData === undefined ? {} : { seedData: flags.seedData }),
    ...(flags.fixtures === undefined ? {} : { fixtures: flags.fixtures }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.now === undefined ? {} : { now: flags.now }),
    ...(flags.locale === undefined ? {} : { locale: flags.locale }),
    ...(flags.credential === undefined ? {} : { credentials: flags.credential }),
    ...(flags.allowHost === undefined ? {} : { allowHosts: flags.allowHost }),
    ...(flags.overlay === undefined ? {} : { overlays: flags.overlay }),
    ...(flags.corrections === undefined ? {} : { corrections: flags.corrections }),
    ...(flags.journal === undefined ? {} : { journal: flags.journal }),
    ...(flags.scenarios === undefined ? {} : { scenarios: flags.scenarios }),
    ...(flags.fault === undefined ? {} : { faults: await readFaults(flags.fault) }),
    adminRemote: flags.adminRemote,
    ...adminOption(flags),
  };
}

async function readFaults(texts: readonly string[]): Promise<NonNullable<MockOptions['faults']>> {
  const { readFault } = await import('../scenario/index.ts');
  return texts.map((text) => readFault(text, '--fault'));
}

/** What `mock.listen` takes, from the flags. Throws `ERR_OPTION` for TLS files that are not given together or cannot be read. */
export function listenOptions(flags: MockFlags): ListenOptions {
  const tls = tlsOptions(flags);
  return {
    host: flags.host,
    port: flags.port,
    cors: flags.cors,
    ...(tls === undefined ? {} : { tls }),
    ...(flags.bodyLimit === undefined ? {} : { bodyLimit: flags.bodyLimit }),
  };
}

/** The certificate to serve with, from the flags. Throws `ERR_OPTION` as `listenOptions` does. */
export function tlsOptions({
  tlsCert,
  tlsKey,
  tlsCa,
}: Pick<MockFlags, 'tlsCert' | 'tlsKey' | 'tlsCa'>): ListenOptions['tls'] {
  if (tlsCert === undefined && tlsKey === undefined && tlsCa === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new ApidoubleError(
      'ERR_OPTION',
      'Cannot serve https: a certificate and its key are needed together. Give both --tls-cert and --tls-key.',
    );
  }
  const pair = { cert: readPem('--tls-cert', tlsCert), key: readPem('--tls-key', tlsKey) };
  return tlsCa === undefined ? pair : { ...pair, ca: readPem('--tls-ca', tlsCa), requestCert: true };
}

function readPem(option: string, file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw refuseOption(option, file, `${fileReason(error)}. Name a PEM file that can be read.`);
  }
}
