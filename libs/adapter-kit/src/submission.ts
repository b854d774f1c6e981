import { ProblemError, writeReceipt } from '@simpul/contracts';
import type { Published, PublishRequest } from '@simpul/messaging';
import { crashPoint } from '@simpul/process';
import { type ItemContext, prepareItem, type ReadyItem } from './item-event.js';
import type { Kind } from './kind.js';
import type { Outcome } from './outcome.js';
import { Repeats } from './repeats.js';

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
  outlet: Outlet;
}

/** The items of one request: each in the order sent, settled as the broker confirms them. */
export class Submission {
  private readonly repeats = new Repeats();

  constructor(private readonly options: SubmissionOptions) {}

  /** Checks, seals and hands over before it returns; resolves once the outcome is certain. */
  settle(value: unknown): Promise<Outcome> {
    const { kind, context } = this.options;
    const item = prepareItem(kind, value, { ...context, now: Date.now() });
    if ('problem' in item) return Promise.resolve({ status: 'rejected', ...item });
    const seen = this.repeats.see(item.id, item.digest);
    switch (seen.is) {
      case 'conflict':
        return Promise.resolve({ status: 'rejected', id: item.id, problem: new ProblemError('event.conflict') });
      case 'repeat':
        return seen.accepted.then((accepted) => repeated(item.id, accepted));
      case 'new':
        return this.options.checkOnly ? this.passed(item) : this.publish(item);
    }
  }

  private passed({ id, warnings }: ReadyItem): Promise<Outcome> {
    this.repeats.settle(id, true);
    return Promise.resolve({ status: 'would-be-accepted', id, warnings });
  }

  private async publish(item: ReadyItem): Promise<Outcome> {
    const { outlet } = this.options;
    const { id, digest, topic, key, receivedAt, warnings } = item;
    const value = Buffer.from(outlet.seal(item.head, item.payload));
    crashPoint('adapter.before-send');
    const published = await outlet.publish({ topic, key, value });
    crashPoint('adapter.confirmed');
    this.repeats.settle(id, published.status === 'accepted');
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
