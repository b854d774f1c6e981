import { DataSource, type EntityManager } from 'typeorm';

export interface EntityConnectionOptions {
  url: string;
  /** Every entity that will be asked for. */
  entities: readonly (new () => object)[];
  /** Connections at most; default 2. */
  poolSize?: number;
  /** Told of connections that broke while idle; the pool replaces them. */
  onConnectionError?: (error: Error) => void;
}

/** TypeORM over the same database: for entities and quiet reads, beside the pool of the hot path. Nothing connects before the first question. */
export class EntityConnection {
  private readonly source: DataSource;
  private opening: Promise<DataSource> | undefined;

  constructor({ url, entities, poolSize = 2, onConnectionError }: EntityConnectionOptions) {
    this.source = new DataSource({
      type: 'postgres',
      url,
      poolSize,
      entities: [...entities],
      connectTimeoutMS: 5000,
      poolErrorHandler: (error: Error) => onConnectionError?.(error),
      extra: { statement_timeout: 5000 },
    });
  }

  /** The manager of an open connection; a failed opening is tried again at the next call. */
  async manager(): Promise<EntityManager> {
    this.opening ??= this.source.initialize();
    try {
      return (await this.opening).manager;
    } catch (error) {
      this.opening = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}
