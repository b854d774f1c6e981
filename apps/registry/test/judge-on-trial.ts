import { EVENT_TYPES, type EventType, type Sector } from '@simpul/contracts';
import { createOpener, type RegistryPrivateKey } from '@simpul/identifiers';
import type { JudgingNow } from '../src/ingest/message-judge.js';
import { judge } from '../src/ingest/open.js';

/** What a registry may get to know in the course of a test. */
export interface Knowledge {
  opening: readonly RegistryPrivateKey[];
  sources: Record<string, Sector[]>;
  types: readonly EventType[];
}

/** Judges with what it knows at the moment. */
export class JudgeOnTrial {
  /** How many messages were judged so far. */
  judged = 0;
  private opener;
  private known: Knowledge;

  constructor(opening: readonly RegistryPrivateKey[]) {
    this.known = { opening, sources: { puskesmas: ['health'], posyandu: ['health'] }, types: EVENT_TYPES };
    this.opener = createOpener(opening);
  }

  know(change: Partial<Knowledge>): void {
    this.known = { ...this.known, ...change };
    this.opener = createOpener(this.known.opening);
  }

  now(): JudgingNow {
    const { opening, sources, types } = this.known;
    const findType = (type: string) => types.find((one) => one.type === type);
    return {
      judge: (message) => {
        this.judged += 1;
        return judge(message, { opener: this.opener, findSectors: (source) => sources[source], findType });
      },
      known: {
        hasKey: (kid) => opening.some((key) => key.kid === kid),
        hasType: (type) => findType(type) !== undefined,
        hasSource: (source) => source in sources,
      },
    };
  }
}
