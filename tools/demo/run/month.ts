import { setTimeout as pause } from 'node:timers/promises';
import { loadConfig } from '@simpul/process';
import { RegistryConfig } from '../../../apps/registry/src/config.js';
import { AGENCIES, OPERATOR } from '../plan/agencies.js';
import { calendar } from '../plan/calendar.js';
import { killMoments } from '../plan/kill-moments.js';
import { withMischief } from '../plan/mischief.js';
import type { Push } from '../plan/push.js';
import { stockPushes } from '../plan/stock.js';
import type { Population } from '../population/population.js';
import { clientOf, clientsOf } from './agency-clients.js';
import type { Flags } from './flags.js';
import { Killing } from './killing.js';
import type { Installation } from '../../installation/installation.js';
import { readStateHash } from '../../state-hash/read-state-hash.js';
import { type Balance, countVerdicts, findWrong, judge } from './reckoning.js';
import { balanceTable, verdictTable, verdictWords } from './report.js';
import { type Accepted, Sending } from './sending.js';

export interface Stage {
  flags: Flags;
  population: Population;
  installation: Installation;
  say(line: string): void;
  seconds(): number;
}

const PROGRESS_EVERY = 1_000;
/** Between two kills of many there must be something to send. */
const ITEMS_AMONG_KILLS = 50;

/** Sends the stock, the month and the days after it, and tells how they ended. */
export class Month {
  private readonly days: ReturnType<typeof calendar>;
  private readonly sending: Sending;
  private readonly killing: Killing;
  private measured: string | undefined;

  constructor(private readonly stage: Stage) {
    const { flags, population, installation, say } = stage;
    this.days = calendar(flags.seed, population);
    const moments = flags.kill ? killMoments(flags.seed, flags.kill, countMessages(flags, population)) : [];
    this.killing = new Killing({ moments, installation, say });
    const tell = this.progress();
    this.sending = new Sending(clientsOf(installation), {
      ...(flags.kill && { itemsAtOnce: ITEMS_AMONG_KILLS }),
      afterArray: async (source, accepted) => {
        tell(source, accepted);
        await this.killing.passed(this.sending.counts.sent);
      },
    });
  }

  /** The stock and all days of the flags. Does everything add up? */
  async run(): Promise<boolean> {
    const { flags, population, say } = this.stage;
    const stock = stockPushes(flags.seed, population);
    say(`Stock of ${population.residents.length} residents: ${stock.length} messages`);
    await this.sending.send(stock);
    for (let place = 0; place < flags.days; place++) {
      const { day, pushes } = this.days.next().value;
      const from = performance.now();
      const { sent } = await this.sendDay(day, pushes);
      say(`${day}: ${sent} messages`);
      await pause(Math.max(0, 1000 / flags.speed - (performance.now() - from)));
    }
    return this.report();
  }

  /** The next days with a pause before each, up to yesterday; then for as long as somebody wants to look. */
  async goOn(today: () => string): Promise<void> {
    const { flags, say } = this.stage;
    let { day, pushes } = this.days.next().value;
    for (;;) {
      await pause(flags.pause * 1000);
      if (day >= today()) continue; // not before it is over
      const { sent, accepted } = await this.sendDay(day, pushes);
      await this.sending.judged(accepted);
      say(`${day}: ${sent} messages: ${verdictWords(countVerdicts(accepted))}, ${sent - accepted.length} refused`);
      for (const line of findWrong(accepted)) say(`NOT AS PLANNED  ${line}`);
      ({ day, pushes } = this.days.next().value);
    }
  }

  /** NIK of an invented child that was measured, or of anybody. */
  someone(): string {
    return this.measured ?? this.stage.population.residents[0]?.nik ?? '';
  }

  private async sendDay(day: string, pushes: Push[]): Promise<{ sent: number; accepted: Accepted[] }> {
    this.measured ??= pushes.map(measuredNik).find(Boolean);
    const plan = withMischief(this.stage.flags.seed, day, pushes);
    const first = await this.sending.send(plan.first);
    // Other content under a used id is sent only once the first content is applied.
    await this.sending.judged(first);
    const second = await this.sending.send(plan.second);
    return { sent: plan.first.length + plan.second.length, accepted: [...first, ...second] };
  }

  private async report(): Promise<boolean> {
    const { flags, installation, say, seconds } = this.stage;
    const accepted = [...this.sending.accepted.values()];
    await this.killing.over();
    await this.sending.judged(accepted);
    const balance = await clientOf(installation, OPERATOR, 'operations').read<Balance>('/registry/v1/balance');
    const { hash } = await readStateHash(loadConfig(RegistryConfig, { ...process.env, ...installation.env }));
    const { surprises, ...counts } = this.sending.counts;
    const { ok, verdicts, wrong } = judge(accepted, balance, surprises);
    say(`${counts.sent} messages sent, ${counts.accepted} accepted, ${counts.rejected} refused`);
    console.log(['', ...verdictTable(verdicts), '', ...balanceTable(balance), ''].join('\n'));
    for (const line of wrong.slice(0, 20)) console.log(`NOT AS PLANNED  ${line}`);
    say(ok ? 'Everything adds up' : `${wrong.length} things DO NOT ADD UP`);
    say(`State hash ${hash}`);
    const kills = this.killing.done;
    if (flags.json)
      console.log(JSON.stringify({ ok, counts, kills, wrong, verdicts, balance, stateHash: hash, seconds: seconds() }));
    return ok;
  }

  private progress(): (source: string, accepted: number) => void {
    const { say } = this.stage;
    const totals = new Map<string, number>();
    return (source, accepted) => {
      if (totals.size === 0) say('First event accepted');
      const before = totals.get(source) ?? 0;
      const total = before + accepted;
      totals.set(source, total);
      const name = AGENCIES.find((agency) => agency.source === source)?.name ?? source;
      if (Math.floor(total / PROGRESS_EVERY) > Math.floor(before / PROGRESS_EVERY)) say(`${name}: ${total} accepted`);
    };
  }
}

/** Of the stock and all days of the flags. */
function countMessages({ seed, days }: Flags, population: Population): number {
  const plans = calendar(seed, population);
  const ofDays = Array.from({ length: days }, () => {
    const { day, pushes } = plans.next().value;
    const { first, second } = withMischief(seed, day, pushes);
    return first.length + second.length;
  });
  return ofDays.reduce((sum, count) => sum + count, stockPushes(seed, population).length);
}

function measuredNik({ path, message }: Push): string | undefined {
  if (path !== 'growth-measurements') return undefined;
  const { identifiers } = message['child'] as { identifiers?: { value: string }[] };
  return identifiers?.[0]?.value;
}
