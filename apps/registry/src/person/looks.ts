import type { AccessLog, Caller, Purpose, PurposeStore } from '@simpul/access';
import { purposeCodeOf } from '@simpul/access';
import { ProblemError } from '@simpul/contracts';
import { currentRequest } from '@simpul/process';
import type { FastifyRequest } from 'fastify';

import type { RecordRow } from '../record/record.store.js';
import type { HiddenIds } from './hidden-ids.js';
import type { LookQuota } from './look-quota.js';

/** One question about personal data: who asks, and for which purpose. */
export interface Look {
  readonly caller: Caller;
  readonly purpose: Purpose;
  /** As declared, with parameter names. */
  readonly route: string;
}

/** All records of one person; what they say is still sealed. */
export interface PersonRows {
  readonly person: string;
  readonly rows: readonly RecordRow[];
}

/** Lets no look pass without its purpose and its entry in the access log. */
export class Looks {
  constructor(
    private readonly purposes: PurposeStore,
    private readonly log: AccessLog,
    private readonly ids: HiddenIds,
    private readonly quota: LookQuota,
  ) {}

  /** 400 without a purpose; 403 when the caller may not state it; 429 when it looked too often. */
  async begin(headers: FastifyRequest['headers'], caller: Caller, route: string): Promise<Look> {
    this.quota.charge(caller.clientId);
    const code = purposeCodeOf(headers);
    return { caller, purpose: await this.purposes.getAllowed(code, caller), route };
  }

  /** Whether the purpose reaches a person with these records. */
  isInReach(look: Look, rows: readonly RecordRow[]): boolean {
    return look.purpose.reach === 'any' || rows.some((row) => row.source === look.caller.source);
  }

  /** Resolves once the look at these records is durable; only then may an answer leave. 503 when it cannot be. */
  async record(look: Look, records: Iterable<string>): Promise<void> {
    await this.write(look, { records: [...new Set(records)] });
  }

  /** Writes down that nobody was found, or nobody in reach; the problem is the same for both. */
  async miss(look: Look, asked: { records: string[]; missed?: Buffer }): Promise<ProblemError> {
    await this.write(look, asked);
    return notFound();
  }

  /** A record's, person's or family's id as the caller's source sees it. */
  hide(look: Look, id: string): string {
    return this.ids.hide(look.caller.source, id);
  }

  /** An event as the caller's source sees it; its own events also by their id. */
  hideEvent(look: Look, source: string, eventId: string): { event: string; reference?: string } {
    const event = this.ids.hideEvent(look.caller.source, source, eventId);
    return source === look.caller.source ? { event, reference: eventId } : { event };
  }

  /** The id behind what the caller's source was shown. Throws the 404 problem for what has not even the form. */
  reveal(look: Look, token: string): string {
    const id = this.ids.reveal(look.caller.source, token);
    if (id === undefined) throw notFound();
    return id;
  }

  private async write(look: Look, asked: { records: string[]; missed?: Buffer }): Promise<void> {
    const { requestId, traceId } = currentRequest();
    const { caller, purpose, route } = look;
    await this.log.record({ ...asked, caller, purpose, groups: purpose.groups, route, requestId, traceId });
  }
}

const notFound = (): ProblemError => new ProblemError('person.not-found');
