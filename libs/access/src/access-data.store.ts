import { DataSource, type EntityManager } from 'typeorm';
import { ClientRow } from './client.entity.js';
import { PurposeRow } from './purpose.entity.js';
import { SourceRow } from './source.entity.js';

/** The connection to schema `access`. Nothing connects before the first question. */
export class AccessData {
  private readonly dataSource: DataSource;
  private opening: Promise<DataSource> | undefined;

  constructor(url: string, poolSize = 2) {
    this.dataSource = new DataSource({
      type: 'postgres',
      url,
      poolSize,
      entities: [SourceRow, ClientRow, PurposeRow],
      connectTimeoutMS: 5000,
      extra: { statement_timeout: 5000 },
    });
  }

  /** The manager of an open connection; a failed opening is tried again at the next call. */
  async manager(): Promise<EntityManager> {
    this.opening ??= this.dataSource.initialize();
    try {
      return (await this.opening).manager;
    } catch (error) {
      this.opening = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
