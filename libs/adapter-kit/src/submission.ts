import { ProblemError, writeReceipt } from '@simpul/contracts';
import type { Published, PublishRequest } from '@simpul/messaging';
import { crashPoint } from '@simpul/process';
import { type ItemContext, prepareEvent } from './item-event.js';
import { type GoodItem, judgeItem } from './item-judgement.js';
import type { Kind } from './kind.js';
import type { Outcome } from './outcome.js';
import type { Repeats } from './repeats.js';

/** What an item goes through after it was found good. */
export interface Outlet {
  seal(head: string, payload: string): string;
  publish(request: PublishRequest): Promise<Published>;
}

export interface SubmissionOptions {
  kind: Kind;
  /** All but the moment, which is each item's own. */
  context: Omit<ItemContext, 'now'>;
  /** Says what would happen, and publishes nothing. */
  checkOnly: boolean;
  /** Knows nothing yet. */
  repeats: Repeats;
  outlet: Outlet;
}

/** The items of one request: each in the order sent, settled as the broker confirms them. */
export class Submission {
  constructor(private readonly options: SubmissionOptions) {}

  /** Checks, seals and hands over before it returns; resolves once the outcome is certain. */
  settle(value: unknown): Promise<Outcome> {
    const { kind, checkOnly, repeats } = this.options;
    const context = { ...this.options.context, now: Date.now() };
    const item = judgeItem(kind, value, context);
    if ('problem' in item) return Promise.resolve({ status: 'rejected', ...item });
    const seen = repeats.see(item);
    switch (seen.is) {
      case 'conflict':
        return Promise.resolve({ status: 'rejected', id: item.id, problem: new ProblemError('event.conflict') });
      case 'repeat':
        return seen.accepted.then((accepted) => repeated(item.id, accepted));
      case 'new':
        return checkOnly ? this.passed(item) : this.publish(item, context);
    }
  }

  private passed({ id, warnings }: GoodItem): Promise<Outcome> {
    this.options.repeats.settle(id, true);
    return Promise.resolve({ status: 'would-be-accepted', id, warnings });
  }

  private async publish(item: GoodItem, context: ItemContext): Promise<Outcome> {
    let isAccepted = false;
    try {
      const outcome = await this.send(item, context);
      isAccepted = outcome.status === 'accepted';
      return outcome;
    } finally {
      // Also after an error, as repeats wait for it.
      this.options.repeats.settle(item.id, isAccepted);
    }
  }

  private async send(item: GoodItem, context: ItemContext): Promise<Outcome> {
    const { kind, outlet } = this.options;
    const { id, digest, warnings } = item;
    const { topic, key, head, payload, receivedAt } = prepareEvent(kind, item, context);
    const value = Buffer.from(outlet.seal(head, payload));
    crashPoint('adapter.before-send');
    const published = await outlet.publish({ topic, key, value });
    crashPoint('adapter.confirmed');
    if (published.status === 'accepted') {
      const { partition, offset } = published;
      const receipt = writeReceipt({ id, digest, topic, partition, offset });
      return { status: 'accepted', id, receivedAt, receipt, warnings };
    }
    return { status: 'retry', id, because: published.reason === 'full' ? 'broker.full' : 'broker.unavailable' };
  }
}

const repeated = (id: string, accepted: boolean): Outcome =>
  accepted ? { status: 'duplicate', id } : { status: 'retry', id, because: 'broker.unavailable' };
