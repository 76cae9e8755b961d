import type { Origin } from '../../core/index.ts';
import type { ApiOperation, MediaTypeObject, ParameterObject } from '../../document/index.ts';
import type { Schema } from '../../schema/index.ts';
import type { OwnCheck } from '../own-checks.ts';
import type { Obligation, OperationReference } from '../report.ts';
import type { Breach } from '../values/breach.ts';
import type { Edge } from '../values/positives.ts';
import type { Spot } from './spots.ts';

/** What each exchange of an operation is judged by. */
export const exchangeChecks = [
  'answer',
  'status',
  'server-error',
  'media-type',
  'body',
  'headers',
  'wire',
  'stack-trace',
] as const;

/** The name of a check of every exchange. */
export type ExchangeCheck = (typeof exchangeChecks)[number];

/** The part of a request that a value goes to. */
export type Site =
  | { readonly kind: 'parameter'; readonly parameter: ParameterObject; readonly schema: Schema }
  | { readonly kind: 'body'; readonly media: MediaTypeObject; readonly schema: Schema };

/** An obligation with the place of the document that promises it. */
export interface Duty {
  readonly obligation: Obligation;
  readonly origin?: Origin | undefined;
}

/** A valid value at an edge is accepted. */
export interface AcceptedDuty extends Duty {
  readonly site: Site;
  readonly spot: Spot;
  readonly edge: Edge;
}

/** A value that breaks one keyword is refused. */
export interface RejectedDuty extends Duty {
  readonly site: Site;
  readonly spot: Spot;
  readonly breach: Breach;
}

/** A whole request that is not as it should be is refused: a body that cannot be read, a parameter that is missing. */
export type MessageFault =
  | { readonly kind: 'missing'; readonly parameter: ParameterObject }
  | { readonly kind: 'unknown'; readonly parameter: ParameterObject }
  | { readonly kind: 'malformed' | 'truncated' | 'trailing' | 'empty' | 'media-type' };

/** A request with such a fault is refused. */
export interface MessageDuty extends Duty {
  readonly fault: MessageFault;
}

/**
 * What is wrong with a credential: none or an empty one, of another scheme, unlike the good one or like it but for a
 * character, a longer one, one in other case.
 */
export type CredentialFault =
  | 'none'
  | 'empty'
  | 'wrong-scheme'
  | 'wrong'
  | 'almost'
  | 'altered'
  | 'longer'
  | 'case';

/**
 * What is asked of a credential: that a bad one is refused, that a good one (of one alternative) is let in, that none is
 * needed, that a refusal says what is wanted, that a role has no more than its scopes, that what is private stays so.
 */
export type CredentialCase =
  | { readonly kind: 'refused'; readonly fault: CredentialFault; readonly scheme: string }
  | { readonly kind: 'let-in'; readonly alternative: number }
  | { readonly kind: 'public' }
  | { readonly kind: 'challenge' }
  | { readonly kind: 'role'; readonly scopes: readonly string[] }
  | { readonly kind: 'private' };

/** An operation lets in whom it should, and nobody else. */
export interface CredentialDuty extends Duty {
  readonly credential: CredentialCase;
}

/** What is asked of how an operation negotiates: a media type by Accept, a method that there is not. */
export type NegotiationCase =
  | { readonly kind: 'accept'; readonly mediaType: string }
  | { readonly kind: 'not-acceptable' }
  /** A JSON body whose type says, as it may, that it is in UTF-8. */
  | { readonly kind: 'charset'; readonly mediaType: string }
  | { readonly kind: 'head' }
  | { readonly kind: 'method'; readonly method: string; readonly documented: readonly string[] };

/** An operation negotiates as HTTP says. */
export interface NegotiationDuty extends Duty {
  readonly negotiation: NegotiationCase;
}

/** A promise about several exchanges: of a resource's life, of a list. */
export interface JourneyDuty extends Duty {
  readonly journey: string;
}

/** A check of the user's own. */
export interface OwnDuty extends Duty {
  readonly name: string;
  readonly own: OwnCheck;
}

/** All that one operation is held to. */
export interface OperationDuties {
  readonly operation: ApiOperation;
  readonly reference: OperationReference;
  readonly exchange: ReadonlyMap<ExchangeCheck, Duty>;
  /** `accepted/required`, `accepted/everything`. */
  readonly basics: readonly [required: Duty, everything: Duty];
  readonly accepted: readonly AcceptedDuty[];
  readonly rejected: readonly RejectedDuty[];
  readonly messages: readonly MessageDuty[];
  readonly credentials: readonly CredentialDuty[];
  readonly negotiations: readonly NegotiationDuty[];
  /** Several valid values at once; empty where there is nothing to combine. */
  readonly combinations: readonly Duty[];
  readonly journeys: readonly JourneyDuty[];
  readonly own: readonly OwnDuty[];
}

/** The duties of an operation in the order that they are worked off. */
export function allDuties(duties: OperationDuties): readonly Duty[] {
  return [
    ...duties.exchange.values(),
    ...duties.basics,
    ...duties.accepted,
    ...duties.rejected,
    ...duties.messages,
    ...duties.credentials,
    ...duties.negotiations,
    ...duties.combinations,
    ...duties.journeys,
    ...duties.own,
  ];
}

/** Tells whether a duty is to refuse a value that breaks a keyword. */
export function isRejectedDuty(duty: Duty): duty is RejectedDuty {
  return 'breach' in duty;
}

/** Tells whether a duty is about a value at a site. */
export function isValueDuty(duty: Duty): duty is AcceptedDuty | RejectedDuty {
  return 'site' in duty;
}

/** Tells whether a duty is to refuse a whole request. */
export function isMessageDuty(duty: Duty): duty is MessageDuty {
  return 'fault' in duty;
}

/** Tells whether a duty is about whom an operation lets in. */
export function isCredentialDuty(duty: Duty): duty is CredentialDuty {
  return 'credential' in duty;
}
