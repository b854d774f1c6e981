import { AccessEntryRow } from '@simpul/access';
import type { EntityConnection } from '@simpul/database';
import { LessThan, MoreThan } from 'typeorm';

export interface AccessEntryPage {
  source?: string;
  purpose?: string;
  /** [time, id] of the last row shown. */
  after?: readonly string[];
  limit: number;
}

/** Lists looks, newest first. */
export class AccessEntryStore {
  constructor(private readonly entities: EntityConnection) {}

  async list({ source, purpose, after, limit }: AccessEntryPage): Promise<AccessEntryRow[]> {
    const manager = await this.entities.manager();
    const filter = { ...(source !== undefined && { source }), ...(purpose !== undefined && { purpose }) };
    const [time, id] = after ?? [];
    const at = time === undefined ? undefined : new Date(time);
    return manager.find(AccessEntryRow, {
      where:
        at && id
          ? [
              { ...filter, at: LessThan(at) },
              { ...filter, at, id: MoreThan(id) },
            ]
          : filter,
      order: { at: 'DESC', id: 'ASC' },
      take: limit,
    });
  }
}
