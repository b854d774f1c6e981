import type { Database } from '@simpul/database';
import { findLetters } from '../ingest/dead-letter.store.js';
import { isAt } from '../ingest/known-message.store.js';
import type { LogPlace } from '../ingest/log-position.store.js';
import type { Candidate } from '../ingest/opened-event.js';

interface Told {
  source: string;
  kind: string;
  reference: string;
  revision: number;
  digest: string | null;
}

const KNOWN = `
SELECT count(*)::int AS known
FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bytea[]) AS q (source, kind, reference, revision, digest)
JOIN registry.source_number f ON f.name = q.source COLLATE "C"
JOIN registry.kind_number k ON k.name = q.kind COLLATE "C"
WHERE EXISTS (SELECT FROM registry.statement s WHERE s.source = f.number AND s.kind = k.number
    AND s.reference = q.reference COLLATE "C" AND s.revision = q.revision AND (q.digest IS NULL OR s.digest = q.digest))
  OR EXISTS (SELECT FROM registry.statement_revision s WHERE s.source = f.number AND s.kind = k.number
    AND s.reference = q.reference COLLATE "C" AND s.revision = q.revision AND (q.digest IS NULL OR s.digest = q.digest))`;

/** Asks, without changing anything, what of a stretch of the log is known already. */
export class KnownCountStore {
  constructor(private readonly database: Database) {}

  /** How many of these messages the ledger or the dead letters know. */
  async countKnown(place: LogPlace, candidates: readonly Candidate[]): Promise<number> {
    const letters = await this.database.transaction((client) =>
      findLetters(
        client,
        place,
        candidates.map(({ offset }) => offset),
      ),
    );
    const isLetter = (candidate: Candidate): boolean => letters.some((letter) => isAt(letter, { candidate }));
    const others = candidates.filter((candidate) => !isLetter(candidate));
    const told = others.flatMap(({ judged }) => toldBy(judged) ?? []);
    return candidates.length - others.length + (await this.countInLedger(told));
  }

  private async countInLedger(told: readonly Told[]): Promise<number> {
    if (told.length === 0) return 0;
    const { rows } = await this.database.pool.query<{ known: number }>({
      name: 'known-count',
      text: KNOWN,
      values: [
        told.map(({ source }) => source),
        told.map(({ kind }) => kind),
        told.map(({ reference }) => reference),
        told.map(({ revision }) => revision),
        told.map(({ digest }) => (digest === null ? null : Buffer.from(digest, 'base64url'))),
      ],
    });
    return rows[0]?.known ?? 0;
  }
}

function toldBy(judged: Candidate['judged']): Told | undefined {
  switch (judged.is) {
    case 'event': {
      const { source, kind, reference, revision, digest } = judged.event;
      return { source, kind, reference, revision, digest };
    }
    case 'refused':
      return { ...judged.name, digest: judged.digest };
    case 'waiting':
      return { ...judged.name, digest: null };
    case 'misplaced':
    case 'unreadable':
      return undefined;
  }
}
