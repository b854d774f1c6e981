import pg from 'pg';

/** Where the database is and how this process may use it. */
export interface DatabaseOptions {
  url: string;
  /** Connections at most; few and long-lived ones are fastest. */
  poolSize?: number;
  /** Longest time of one statement, ms. Stays below the consumer group's session time-out. */
  statementTimeoutMs?: number;
  /** Told of connections that broke while idle; the pool replaces them. */
  onConnectionError?: (error: Error) => void;
}

// Plans are pinned to index lookups: a plan that was made on small tables stays good when they grow. The time-outs are the clock that frees
// the locks of a frozen process before its partition is given to another one; the TCP settings do so for a computer that is gone.
const SESSION = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  jit: 'off',
  lock_timeout: '1000',
  idle_in_transaction_session_timeout: '4000',
  tcp_keepalives_idle: '5',
  tcp_keepalives_interval: '2',
  tcp_keepalives_count: '3',
  tcp_user_timeout: '10000',
  timezone: 'UTC',
};

/** The one pool of a process. Nothing connects before the first query. */
export class Database {
  readonly pool: pg.Pool;
  private connections = 0;

  constructor(private readonly options: DatabaseOptions) {
    this.pool = new pg.Pool({
      connectionString: options.url,
      max: options.poolSize ?? 6,
      connectionTimeoutMillis: 5000,
      idleTimeoutMillis: 0,
      keepAlive: true,
      keepAliveInitialDelayMillis: 5000,
      options: sessionOptions(options.statementTimeoutMs ?? 5000),
    });
    // Without both handlers a connection that the server ends kills the process.
    this.pool.on('error', (error) => this.report(error));
    this.pool.on('connect', (client) => {
      this.connections += 1;
      client.on('error', (error) => this.report(error));
    });
  }

  /**
   * Changes with each new connection. It may lead to a database that went back to an earlier state (a standby that
   * lagged, a restored backup): what was read under another lineage may be unknown there.
   */
  get lineage(): number {
    return this.connections;
  }

  /** Fails when the database cannot be reached. */
  async connect(): Promise<void> {
    await this.pool.query('SELECT 1');
  }

  /**
   * READ COMMITTED; commits when `work` resolves, rolls back and rethrows when it rejects. Where the server ended the connection meanwhile, its
   * own word for that is thrown, wherever it was heard: what the client says of a broken connection has no SQLSTATE.
   */
  async transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    const lost: Error[] = [];
    const hear = (error: Error): number => lost.push(error);
    client.on('error', hear);
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      await rollBack(client);
      throw [error, ...lost].find((one) => one instanceof pg.DatabaseError) ?? error;
    } finally {
      client.off('error', hear);
    }
  }

  async close(): Promise<void> {
    if (!this.pool.ended) await this.pool.end();
  }

  private report(error: Error): void {
    this.options.onConnectionError?.(error);
  }
}

/** A connection whose rollback fails is broken: it is thrown away, and the first error stays the one that is told. */
async function rollBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  }
}

function sessionOptions(statementTimeoutMs: number): string {
  const settings = { ...SESSION, statement_timeout: String(statementTimeoutMs) };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}
