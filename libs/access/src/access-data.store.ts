import { EntityConnection } from '@simpul/database';
import type { EntityManager } from 'typeorm';
import { AccessEntryRow } from './access-entry.entity.js';
import { ClientRow } from './client.entity.js';
import { PurposeRow } from './purpose.entity.js';
import { SourceRow } from './source.entity.js';

/** The tables of schema `access`. */
export const ACCESS_ENTITIES = [SourceRow, ClientRow, PurposeRow, AccessEntryRow];

/** Whoever has a connection that knows ACCESS_ENTITIES. */
export interface AccessEntities {
  manager(): Promise<EntityManager>;
}

/** The connection to schema `access`. Nothing connects before the first question. */
export class AccessData implements AccessEntities {
  private readonly connection: EntityConnection;

  constructor(url: string) {
    this.connection = new EntityConnection({ url, entities: ACCESS_ENTITIES });
  }

  manager(): Promise<EntityManager> {
    return this.connection.manager();
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}
