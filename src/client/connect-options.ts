import { rootCertificates } from 'node:tls';

/** Whom to trust, and with which certificate to come. */
export interface ConnectionOptions {
  /** Certificates to trust, beside those of the system. */
  readonly ca?: string | Uint8Array;
  readonly cert?: string | Uint8Array;
  readonly key?: string | Uint8Array;
  /** Takes any certificate. */
  readonly insecure?: boolean;
}

/** The same in the words of node's TLS. */
export function connectOptions({ ca, cert, key, insecure }: ConnectionOptions): {
  ca?: (string | Buffer)[];
  cert?: Buffer;
  key?: Buffer;
  rejectUnauthorized?: boolean;
} {
  return {
    ...(ca === undefined ? {} : { ca: [...rootCertificates, Buffer.from(ca)] }),
    ...(cert === undefined ? {} : { cert: Buffer.from(cert) }),
    ...(key === undefined ? {} : { key: Buffer.from(key) }),
    ...(insecure === true ? { rejectUnauthorized: false } : {}),
  };
}
