import { type FieldGroup, ProblemError } from '@simpul/contracts';
import { type Caller } from './caller.js';

/** A registered reason to look: what law allows it, what it may show, to whom, and about whom. */
export interface Purpose {
  code: string;
  legalBasis: string;
  groups: FieldGroup[];
  sources: '*' | string[];
  /** `any` person, or only one who has a record of the caller's `own` source. */
  reach: 'any' | 'own';
}

/** The request header that states the purpose. */
export const PURPOSE_HEADER = 'simpul-purpose';

/** What is known of the caller's client and the purpose it states. */
export interface PurposeFacts {
  purpose: Purpose | undefined;
  clientPurposes: string[];
}

/** The code that the header states. 400 when it is missing or given twice. */
export function purposeCodeOf(headers: Record<string, string | string[] | undefined>): string {
  const code = headers[PURPOSE_HEADER];
  if (typeof code !== 'string' || code === '') throw new ProblemError('purpose.missing');
  return code;
}

/** The purpose, if this caller's client and source may state it; else 403, the same for unknown and not allowed. */
export function allowPurpose(code: string, caller: Caller, facts: PurposeFacts): Purpose {
  const { purpose, clientPurposes } = facts;
  const allowed =
    purpose !== undefined &&
    clientPurposes.includes(code) &&
    (purpose.sources === '*' || purpose.sources.includes(caller.source));
  if (!allowed) throw new ProblemError('purpose.not-allowed');
  return purpose;
}
