import { hidden, type RecordedExchange } from '../../recording/index.ts';
import type { Judgement } from './judgement.ts';

/** A judgement without what is only found because secrets were taken out of the recording. */
export function forgiveRedacted(
  judgement: Judgement,
  { exchange: { request }, credentialsLeftOut }: Pick<RecordedExchange, 'exchange' | 'credentialsLeftOut'>,
): Judgement {
  const hasHidden =
    credentialsLeftOut === true ||
    request.target.includes(encodeURIComponent(hidden)) ||
    request.headers.flat.some((text) => text.includes(hidden));
  const findings = judgement.findings.filter(
    ({ seen = '', place }) => !seen.includes(hidden) && !(hasHidden && place.part === 'security'),
  );
  return findings.length === judgement.findings.length ? judgement : { ...judgement, findings };
}
