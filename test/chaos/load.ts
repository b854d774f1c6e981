import { setTimeout as pause } from 'node:timers/promises';
import { AgencyClient, type Form } from './client.js';
import type { History } from './history.js';
import { makePeople, type Statement, Teller } from './message.js';
import type { Random } from './random.js';
import type { Stack } from './stack.js';

const REST_MS = [120, 280] as const;
const AGAIN_MS = 400;

/** How much agencies say in a trial. */
export interface Amount {
  /** Statements that an agency says in one go, at most. */
  atOnce: number;
  /** Of whom they speak. */
  people: number;
  /** Events accepted before it ends. */
  atLeast: number;
}

/** People are few, so that agencies speak of the same ones. */
export const LITTLE: Amount = { atOnce: 14, people: 60, atLeast: 0 };
export const MUCH: Amount = { atOnce: 400, people: 3_000, atLeast: 20_000 };

/** Above this many goes without an answer nothing new is said. */
const MOST_OPEN = 8;

type AgentOptions = Pick<LoadOptions, 'saysOnce' | 'amount'>;

/** What one agency does while a fault goes on: tells, and sends again what was not taken. */
export class Agent {
  /** To be sent again as it is, until it is accepted or refused. */
  readonly open = new Map<string, Statement>();
  private telling = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    readonly client: AgencyClient,
    readonly teller: Teller,
    private readonly random: Random,
    private readonly options: AgentOptions,
  ) {}

  start(): void {
    this.telling = true;
    this.running = this.run();
  }

  /** Resolves when the last request is answered. */
  async stop(): Promise<void> {
    this.telling = false;
    await this.running;
  }

  /** One request of new statements, and those that are open. */
  async tell(many = this.random.whole(1, this.options.amount.atOnce)): Promise<void> {
    const { saysOnce } = this.options;
    const said = Array.from({ length: many }, () => (saysOnce ? this.teller.fresh() : this.teller.next()));
    for (const [, ofOneKind] of Map.groupBy(said, ({ path }) => path)) await this.send(ofOneKind);
    await this.sendOpen();
  }

  /** Sends what is open until nothing is, or until the time is up. */
  async flush(withinMs: number): Promise<void> {
    const end = Date.now() + withinMs;
    while (this.open.size > 0 && Date.now() < end) {
      await this.sendOpen();
      if (this.open.size > 0) await pause(AGAIN_MS);
    }
  }

  async send(statements: readonly Statement[], wanted?: Form): Promise<void> {
    const form =
      wanted ??
      this.random.pick(statements.length === 1 ? (['object', 'array'] as const) : (['array', 'lines'] as const));
    const again = new Set(await this.client.send(statements, form));
    for (const statement of statements) {
      const key = `${statement.id} ${statement.digest}`;
      if (again.has(statement)) this.open.set(key, statement);
      else this.open.delete(key);
    }
  }

  private async run(): Promise<void> {
    while (this.telling) {
      const isBehind = this.open.size > MOST_OPEN * this.options.amount.atOnce;
      await (isBehind ? this.sendOpen() : this.tell());
      if (this.telling) await pause(this.random.whole(...REST_MS));
    }
  }

  private async sendOpen(): Promise<void> {
    const waiting = [...this.open.values()].slice(0, Math.max(200, this.options.amount.atOnce));
    for (const [, ofOneKind] of Map.groupBy(waiting, ({ path }) => path)) await this.send(ofOneKind);
  }
}

export interface LoadOptions {
  /** Stands in every reference. */
  run: string;
  /** New statements only: nothing is corrected, repeated or contradicted. */
  saysOnce: boolean;
  amount: Amount;
}

/** All agencies at once. */
export class Load {
  readonly agents: readonly Agent[];

  constructor(stack: Stack, history: History, { run, ...options }: LoadOptions, random: Random) {
    const people = makePeople(random.child('people'), options.amount.people);
    const urls = { issuer: stack.issuerUrl, adapters: stack.adaptersUrl };
    this.agents = stack.agencies.map((agency) => {
      const own = random.child(agency.sector);
      const teller = new Teller(agency.sector, run, people, own.child('teller'));
      return new Agent(new AgencyClient(agency, urls, history, run), teller, own, options);
    });
  }

  start(): void {
    for (const agent of this.agents) agent.start();
  }

  /** No new statements; what is open is sent until it is taken. */
  async settle(withinMs: number): Promise<void> {
    await Promise.all(this.agents.map((agent) => agent.stop()));
    await Promise.all(this.agents.map((agent) => agent.flush(withinMs)));
  }

  get open(): number {
    return this.agents.reduce((sum, agent) => sum + agent.open.size, 0);
  }
}
