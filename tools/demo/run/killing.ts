import type { Installation, Part } from '../../installation/installation.js';
import type { KillMoment, Kills } from '../plan/kill-moments.js';

export interface KillingStage {
  /** In the order of the run. */
  moments: readonly KillMoment[];
  installation: Pick<Installation, 'kill' | 'untilReady'>;
  say(line: string): void;
}

/** Kills each part at its moments, one after another: what is down cannot die. Whoever sends goes on meanwhile. */
export class Killing {
  /** What has died so far. */
  readonly done: Kills = {};
  private readonly left: KillMoment[];
  private answered = 0;
  private allBack: Promise<void> = Promise.resolve();

  constructor(private readonly stage: KillingStage) {
    this.left = [...stage.moments];
  }

  /** So many messages are answered: kills what is due, and waits until that is dead, not until it is back. */
  async passed(answered: number): Promise<void> {
    this.answered = answered;
    for (let next = this.left[0]; next && next.at <= answered; next = this.left[0]) {
      this.left.shift();
      await this.strike(next);
    }
  }

  /** Waits until the last that was killed answers again. */
  async over(): Promise<void> {
    await this.allBack;
  }

  private strike({ part, at }: KillMoment): Promise<void> {
    const { installation } = this.stage;
    const dead = this.allBack.then(() => installation.kill(part)).then(() => this.note(part, at));
    this.allBack = dead.then(() => this.untilBack(part));
    this.allBack.catch(() => undefined); // over() and the next kill throw it
    return dead;
  }

  private note(part: Part, at: number): void {
    const times = (this.done[part] = (this.done[part] ?? 0) + 1);
    const planned = this.stage.moments.filter((moment) => moment.part === part).length;
    const [due, answered] = [at, this.answered].map((count) => count.toLocaleString('en'));
    this.stage.say(`kill -9 ${part}, ${times} of ${planned}, due at message ${due}, ${answered} answered`);
  }

  private async untilBack(part: Part): Promise<void> {
    const from = performance.now();
    await this.stage.installation.untilReady(part);
    this.stage.say(`${part} answers again after ${((performance.now() - from) / 1000).toFixed(1)} s`);
  }
}
