import { findEventType } from '@simpul/contracts';
import { createOpener } from '@simpul/identifiers';
import type { Opener } from '@simpul/identifiers';
import type { LogMessage } from '@simpul/messaging';
import type { RegistryKeys } from '../record/registry-keys.js';
import type { Known } from './lack.js';
import { judge } from './open.js';
import type { RawMessage } from './open.js';
import type { Candidate, Judged } from './opened-event.js';
import type { RegisteredSourceStore } from './registered-source.store.js';
import { slicesOf } from './slices.js';

/** How messages are judged at one moment. */
export interface JudgingNow {
  judge: (message: RawMessage) => Judged;
  /** What of the things that messages wait for is known. */
  known: Known;
}

/** A message of a topic (without prefix), judged. */
export function toCandidate(
  topic: string,
  { offset, timestamp, key, value }: LogMessage,
  judging: Pick<JudgingNow, 'judge'>,
): Candidate {
  return { offset, appendedAt: timestamp, key, value, judged: judging.judge({ topic, key, value }) };
}

/** So many are judged in a millisecond or two: a query under way is not kept waiting for longer. */
const PIECE = 16;

/** Judges few at a time, each piece when it is asked for. */
export function* judgeInPieces(
  topic: string,
  messages: readonly LogMessage[],
  judging: Pick<JudgingNow, 'judge'>,
): Generator<Candidate[]> {
  for (const piece of slicesOf(messages, PIECE)) yield piece.map((message) => toCandidate(topic, message, judging));
}

/** Judges messages with the keys and types of this process and the sources that are registered now. */
export class MessageJudge {
  private readonly opener: Opener;
  private readonly kids: ReadonlySet<string>;

  constructor(
    keys: Pick<RegistryKeys, 'opening'>,
    private readonly sources: RegisteredSourceStore,
  ) {
    this.opener = createOpener(keys.opening);
    this.kids = new Set(keys.opening.map(({ kid }) => kid));
  }

  /** A judge for one batch: the sources are read once. */
  async forBatch(): Promise<JudgingNow> {
    const sectors = await this.sources.listSectors();
    const context = {
      opener: this.opener,
      findSectors: (source: string) => sectors.get(source),
      findType: findEventType,
    };
    return {
      judge: (message) => judge(message, context),
      known: {
        hasKey: (kid) => this.kids.has(kid),
        hasType: (type) => findEventType(type) !== undefined,
        hasSource: (source) => sectors.has(source),
      },
    };
  }
}
