import { setTimeout as pause } from 'node:timers/promises';
import { type Guarded, type Order, signal, startGuarded } from '../../tools/local/guarded.mjs';

/** A process that can be started, stopped and killed; the servers of tools/local are such, too. */
export interface Engine {
  /** 0 while it does not run. */
  readonly pid: number;
  /** Says how it ended. */
  readonly ended: Promise<string> | undefined;
  start(): Promise<void>;
  stop(): Promise<void>;
  kill9(): Promise<void>;
}

/** Runs an app of the product under a guard: it ends when the harness ends, however that goes. */
export class AppEngine implements Engine {
  private now: Guarded | undefined;

  constructor(private readonly order: () => Order) {}

  get pid(): number {
    return this.now?.running ? this.now.pid : 0;
  }

  get ended(): Promise<string> | undefined {
    return this.now?.ended;
  }

  async start(): Promise<void> {
    this.now = await startGuarded(this.order());
  }

  async stop(): Promise<void> {
    await this.now?.stop();
  }

  async kill9(): Promise<void> {
    await this.now?.kill9();
  }
}

const AGAIN_MS = 200;

/** One process of the installation. What dies is started again, unless a fault keeps it down. */
export class Member {
  /** How often it ended without being asked to. */
  deaths = 0;
  private wanted = false;
  private starting: Promise<void> | undefined;

  constructor(
    readonly name: string,
    private readonly engine: Engine,
    private readonly say: (line: string) => void,
  ) {}

  get pid(): number {
    return this.engine.pid;
  }

  start(): Promise<void> {
    this.wanted = true;
    this.starting ??= this.bringUp().finally(() => {
      this.starting = undefined;
    });
    return this.starting;
  }

  /** Takes over a process that runs already. */
  adopt(): void {
    this.wanted = true;
    void this.watch();
  }

  /** SIGTERM; stays down until start(). Tells how it ended and after how many milliseconds. */
  async stop(): Promise<{ how: string; ms: number }> {
    this.wanted = false;
    await this.starting;
    const from = performance.now();
    const { ended } = this.engine;
    await this.engine.stop();
    return { how: (await ended) ?? 'did not run', ms: performance.now() - from };
  }

  /** SIGKILL; the watchdog brings it back, unless it is to stay down. */
  async kill9(options: { keepDown?: boolean } = {}): Promise<void> {
    if (options.keepDown) this.wanted = false;
    await this.engine.kill9();
  }

  freeze(): void {
    if (this.pid > 0) signal(this.pid, 'SIGSTOP');
  }

  thaw(): void {
    if (this.pid > 0) signal(this.pid, 'SIGCONT');
  }

  private async bringUp(): Promise<void> {
    while (this.wanted && this.engine.pid === 0) {
      try {
        await this.engine.start();
        void this.watch();
      } catch (error) {
        this.say(`${this.name} does not start: ${error instanceof Error ? error.message : String(error)}`);
        await pause(AGAIN_MS);
      }
    }
  }

  private async watch(): Promise<void> {
    await this.engine.ended;
    if (!this.wanted) return;
    this.deaths += 1;
    await pause(AGAIN_MS);
    if (this.wanted) await this.start();
  }
}
