import type { EntityConnection } from '@simpul/database';

import { DeadLetterRow, type DeadLetterState } from '../ingest/dead-letter.entity.js';
import { LogPositionRow } from '../ingest/log-position.entity.js';
import { LogHaltRow } from '../log/log-order.entity.js';

export interface HeldCount {
  state: DeadLetterState;
  code: string;
  count: string;
}

/** Reads positions with their counters. */
export class BalanceStore {
  constructor(private readonly entities: EntityConnection) {}

  /** One statement, so one snapshot: the equation must hold in it. */
  async listPositions(): Promise<LogPositionRow[]> {
    const manager = await this.entities.manager();
    return manager.find(LogPositionRow, {
      relations: { counters: { source: true } },
      relationLoadStrategy: 'join',
      order: { generation: 'ASC', topic: 'ASC', partition: 'ASC', counters: { source: { name: 'ASC' } } },
    });
  }

  async listHalts(): Promise<LogHaltRow[]> {
    const manager = await this.entities.manager();
    return manager.find(LogHaltRow);
  }

  async countHeld(): Promise<HeldCount[]> {
    const manager = await this.entities.manager();
    return manager
      .createQueryBuilder(DeadLetterRow, 'letter')
      .select('letter.state', 'state')
      .addSelect('letter.code', 'code')
      .addSelect('count(*)', 'count')
      .groupBy('letter.state')
      .addGroupBy('letter.code')
      .orderBy('letter.state')
      .addOrderBy('letter.code')
      .getRawMany<HeldCount>();
  }
}
