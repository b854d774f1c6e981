import type { EntityConnection } from '@simpul/database';
import { LessThan } from 'typeorm';

import { DeadLetterRow, type DeadLetterState } from '../ingest/dead-letter.entity.js';

export interface DeadLetterPage {
  source?: string;
  code?: string;
  state?: DeadLetterState;
  /** Only rows older than this one. */
  before?: string;
  limit: number;
}

/** Lists refused and held messages, newest first. Their raw bytes stay where they are. */
export class DeadLetterStore {
  constructor(private readonly entities: EntityConnection) {}

  async list({ source, code, state, before, limit }: DeadLetterPage): Promise<DeadLetterRow[]> {
    const manager = await this.entities.manager();
    return manager.find(DeadLetterRow, {
      relations: { source: true, kind: true },
      where: {
        ...(source !== undefined && { source: { name: source } }),
        ...(code !== undefined && { code }),
        ...(state && { state }),
        ...(before !== undefined && { id: LessThan(before) }),
      },
      order: { id: 'DESC' },
      take: limit,
    });
  }
}
