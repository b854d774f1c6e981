import type { Database } from '@simpul/database';

import type { Receipt } from '@simpul/contracts';
import type { DeadLetterState } from '../ingest/dead-letter.entity.js';

/** What the ledger knows of the id that a receipt names. */
export interface LedgerEntry {
  n: number;
  digest: Buffer | null;
  verdict: 'applied' | 'dead' | 'waiting';
  outranked: boolean;
  /** Where the body came from; null without a body. */
  partition: number | null;
  offset: string | null;
  repair: boolean | null;
}

/** What was refused or held at the place that a receipt names. */
export interface HeldMessage {
  n: number;
  state: DeadLetterState;
  code: string;
  /** Null where the message proved no id. */
  id: string | null;
}

export interface ReceiptFacts {
  /** Next offset to be applied, by `topic/partition`. */
  positions: ReadonlyMap<string, bigint>;
  ledger: ReadonlyMap<number, LedgerEntry>;
  held: ReadonlyMap<number, HeldMessage>;
  /** The latest refusal of the id that a receipt names, wherever it stood. */
  refused: ReadonlyMap<number, string>;
}

const LEDGER = `
SELECT q.n::int, l.digest, l.verdict, e.log_partition AS partition, e.log_offset AS "offset", e.repair,
  EXISTS (SELECT FROM registry.statement h WHERE h.source = f.number AND h.kind = k.number AND h.reference = q.reference
      AND h.revision > q.revision AND h.verdict = 'applied')
  OR EXISTS (SELECT FROM registry.statement_revision h WHERE h.source = f.number AND h.kind = k.number
      AND h.reference = q.reference AND h.revision > q.revision AND h.verdict = 'applied') AS outranked
FROM unnest($2::text[], $3::text[], $4::bigint[]) WITH ORDINALITY AS q(kind, reference, revision, n)
JOIN registry.source_number f ON f.name = $1
JOIN registry.kind_number k ON k.name = q.kind
JOIN LATERAL (
  SELECT s.digest, s.verdict, s.appended_at, s.batch, s.place FROM registry.statement s
  WHERE s.source = f.number AND s.kind = k.number AND s.reference = q.reference COLLATE "C" AND s.revision = q.revision
  UNION ALL
  SELECT s.digest, s.verdict, s.appended_at, s.batch, s.place FROM registry.statement_revision s
  WHERE s.source = f.number AND s.kind = k.number AND s.reference = q.reference COLLATE "C" AND s.revision = q.revision
) l ON true
LEFT JOIN registry.service_event e ON e.appended_at = l.appended_at AND e.batch = l.batch AND e.place = l.place`;

// A message that proved no source counts under number 0: who holds its receipt may know that it could not be read. A receipt names no
// generation: a letter with an id is found in any of them, one without in the current one only, as another message may stand there now.
const HELD = `
SELECT DISTINCT ON (q.n) q.n::int, d.state, d.code, k.name || '/' || d.reference || '/' || d.revision AS id
FROM unnest($2::text[], $3::int[], $4::bigint[], $5::text[]) WITH ORDINALITY AS q(topic, partition, "offset", id, n)
JOIN operations.dead_letter d ON d.topic = q.topic AND d.partition = q.partition AND d."offset" = q."offset"
JOIN registry.source_number f ON f.number = d.source AND (f.name = $1 OR f.number = 0)
LEFT JOIN registry.kind_number k ON k.number = d.kind
WHERE k.name || '/' || d.reference || '/' || d.revision = q.id OR d.kind IS NULL
  AND d.generation = (SELECT max(p.generation) FROM operations.log_position p WHERE p.topic = q.topic AND p.partition = q.partition)
ORDER BY q.n, d.kind IS NULL, d.generation DESC`;

const REFUSED = `
SELECT DISTINCT ON (q.n) q.n::int, d.code
FROM unnest($2::text[], $3::text[], $4::bigint[]) WITH ORDINALITY AS q(kind, reference, revision, n)
JOIN registry.source_number f ON f.name = $1
JOIN registry.kind_number k ON k.name = q.kind
JOIN operations.dead_letter d ON d.source = f.number AND d.kind = k.number AND d.reference = q.reference COLLATE "C"
  AND d.revision = q.revision AND d.state <> 'repaired' AND d.code <> 'event.conflict'
ORDER BY q.n, d.id DESC`;

/** Asks the ledger about many receipts of one source at once. */
export class ReceiptStore {
  constructor(private readonly database: Database) {}

  /** Maps are keyed by the receipt's place in the list, from 1. */
  async findFacts(source: string, receipts: readonly Receipt[]): Promise<ReceiptFacts> {
    // Positions first: what they say is passed, a later look at the ledger must know.
    const positions = await this.listPositions();
    const ids = idColumns(receipts);
    const places = [
      receipts.map((r) => r.topic),
      receipts.map((r) => r.partition),
      receipts.map((r) => r.offset),
      receipts.map((r) => r.id),
    ];
    const ledger = await this.ask<LedgerEntry>('receipt-ledger', LEDGER, [source, ...ids]);
    const held = await this.ask<HeldMessage>('receipt-held', HELD, [source, ...places]);
    const refused = await this.ask<{ n: number; code: string }>('receipt-refused', REFUSED, [source, ...ids]);
    return {
      positions,
      ledger: new Map(ledger.map((row) => [row.n, row])),
      held: new Map(held.map((row) => [row.n, row])),
      refused: new Map(refused.map((row) => [row.n, row.code])),
    };
  }

  private async listPositions(): Promise<Map<string, bigint>> {
    const text = `SELECT topic, partition, next_offset AS next
      FROM operations.log_position WHERE closed_at IS NULL`;
    const rows = await this.ask<{ topic: string; partition: number; next: string }>('receipt-positions', text, []);
    return new Map(rows.map((row) => [`${row.topic}/${row.partition}`, BigInt(row.next)]));
  }

  private async ask<T extends object>(name: string, text: string, values: unknown[]): Promise<T[]> {
    const { rows } = await this.database.pool.query<T>({ name, text, values });
    return rows;
  }
}

function idColumns(receipts: readonly Receipt[]): unknown[][] {
  const { kind, reference, revision } = { kind: [] as string[], reference: [] as string[], revision: [] as number[] };
  for (const { parts } of receipts) {
    kind.push(parts.kind);
    reference.push(parts.reference);
    revision.push(parts.revision);
  }
  return [kind, reference, revision];
}
