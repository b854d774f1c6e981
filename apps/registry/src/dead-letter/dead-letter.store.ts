import type { EntityConnection } from '@simpul/database';
import { LessThan } from 'typeorm';

import { DeadLetterRow, type DeadLetterState } from '../ingest/dead-letter.entity.js';

const SUPERSEDING = `
SELECT d.id, h.revision FROM operations.dead_letter d JOIN LATERAL (
  SELECT max(r.revision) AS revision FROM (
    SELECT s.revision, s.verdict FROM registry.statement s
    WHERE s.source = d.source AND s.kind = d.kind AND s.reference = d.reference
    UNION ALL
    SELECT s.revision, s.verdict FROM registry.statement_revision s
    WHERE s.source = d.source AND s.kind = d.kind AND s.reference = d.reference
  ) r WHERE r.verdict = 'applied' AND r.revision > d.revision
) h ON h.revision IS NOT NULL
WHERE d.id = ANY($1::bigint[]) AND d.state <> 'repaired'`;

export interface DeadLetterPage {
  source?: string;
  code?: string;
  kind?: string;
  topic?: string;
  partition?: number;
  state?: DeadLetterState;
  /** Only rows older than this one. */
  before?: string;
  limit: number;
}

/** Lists refused and held messages, newest first. Their raw bytes stay where they are. */
export class DeadLetterStore {
  constructor(private readonly entities: EntityConnection) {}

  async list({ source, kind, before, limit, ...exact }: DeadLetterPage): Promise<DeadLetterRow[]> {
    const manager = await this.entities.manager();
    return manager.find(DeadLetterRow, {
      relations: { source: true, kind: true },
      where: {
        ...(source !== undefined && { source: { name: source } }),
        ...(kind !== undefined && { kind: { name: kind } }),
        ...exact,
        ...(before !== undefined && { id: LessThan(before) }),
      },
      order: { id: 'DESC' },
      take: limit,
    });
  }

  async find(id: string): Promise<DeadLetterRow | undefined> {
    const manager = await this.entities.manager();
    const row = await manager.findOne(DeadLetterRow, { relations: { source: true, kind: true }, where: { id } });
    return row ?? undefined;
  }

  /** Letters whose statement has an applied revision above theirs: that revision, by the letter's id. Derived, so it is true at any time. */
  async findSuperseding(rows: readonly DeadLetterRow[]): Promise<ReadonlyMap<string, number>> {
    const manager = await this.entities.manager();
    const found = await manager.query<{ id: string; revision: string }[]>(SUPERSEDING, [rows.map(({ id }) => id)]);
    return new Map(found.map(({ id, revision }) => [id, Number(revision)]));
  }
}
