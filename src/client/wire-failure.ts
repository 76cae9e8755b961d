/**
 * Why no answer came: nobody listens (`refused`), the name or the certificate is wrong (`unreachable`), it took too long, the
 * connection broke, what came is no HTTP message, or it has no end (`too-large`).
 */
export type WireFailureKind = 'refused' | 'unreachable' | 'timeout' | 'broken' | 'malformed' | 'too-large';

/** What a target of a network address rejects with where no whole answer came. */
export class WireFailure extends Error {
  override readonly name = 'WireFailure';
  readonly kind: WireFailureKind;

  constructor(kind: WireFailureKind, message: string, options: { cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
  }
}

/** Tells such a failure from any other error. */
export function isWireFailure(value: unknown): value is WireFailure {
  return value instanceof WireFailure;
}

const refused = new Set(['ECONNREFUSED']);
const unreachable = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL']);
const slow = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
]);

/** An error of the client as a failure of a known kind. */
export function wireFailureOf(error: unknown): WireFailure {
  if (isWireFailure(error)) return error;
  const { code, message } = partsOf(error);
  if (error instanceof Error && error.name === 'HTTPParserError') {
    return new WireFailure('malformed', message, { cause: error });
  }
  // That is all undici has to say of it.
  if (message === 'bad response')
    return new WireFailure('malformed', 'it sent "100 Continue", which nobody asked for', { cause: error });
  return new WireFailure(kindOf(code), message === '' ? code : message, { cause: error });
}

function kindOf(code: string): WireFailureKind {
  if (refused.has(code)) return 'refused';
  if (unreachable.has(code) || /CERT|TLS|SSL|SELF_SIGNED|ALTNAME|UNABLE_TO/.test(code)) return 'unreachable';
  if (slow.has(code)) return 'timeout';
  if (code.startsWith('HPE_') || /MISMATCH|PARSER|OVERFLOW/.test(code)) return 'malformed';
  return 'broken';
}

function partsOf(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  const inner = error instanceof AggregateError ? error.errors[0] : undefined;
  const code = codeOf(error) ?? codeOf(inner) ?? codeOf(error.cause) ?? '';
  return { code, message: error.message || (inner instanceof Error ? inner.message : '') };
}

function codeOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('code' in value)) return undefined;
  return typeof value.code === 'string' ? value.code : undefined;
}
