import { setTimeout as pause } from 'node:timers/promises';
import type { Wire } from './wire.js';

/** An event that is looked for: whose timeline, and when its push should have started. */
export interface Probe {
  id: string;
  /** How the event's reference begins; its revision is the hub's to say. */
  reference: string;
  scheduled: number;
}

const AGAIN_MS = 20;
export const GIVE_UP_MS = 30_000;

/** One reader: it asks for one timeline at a time, in the order of the pushes; who waits for it waits in the figure. */
export class TimelineReader {
  requests = 0;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly wire: Wire,
    private readonly stop: AbortSignal,
  ) {}

  /** Milliseconds from the scheduled start of the push to the answer that shows the event; undefined if none ever did. */
  look(probe: Probe): Promise<number | undefined> {
    const found = this.last.then(() => this.untilShown(probe));
    this.last = found.catch(() => undefined);
    return found;
  }

  private async untilShown({ id, reference, scheduled }: Probe): Promise<number | undefined> {
    while (!(await this.isShown(id, reference))) {
      if (performance.now() - scheduled > GIVE_UP_MS) return undefined;
      await pause(AGAIN_MS, undefined, { signal: this.stop });
    }
    return performance.now() - scheduled;
  }

  private async isShown(id: string, reference: string): Promise<boolean> {
    this.requests += 1;
    const { status, body } = await this.wire.get(`/registry/v1/persons/${id}/timeline`);
    if (status !== 200) throw new Error(`timeline: ${status} ${body}`);
    return (JSON.parse(body) as { items: { reference?: string }[] }).items.some((item) =>
      item.reference?.startsWith(reference),
    );
  }
}
