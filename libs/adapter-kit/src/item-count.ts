import type { Status } from './outcome.js';

/**
 * Counts items by kind and status, and tells how many there were when all that is at hand is done: a metric takes as long
 * to be raised by one as by a thousand, and that is longer than the reading of an item.
 */
export class ItemCount {
  private readonly untold = new Map<string, Map<Status, number>>();

  constructor(private readonly tell: (kind: string, status: Status, items: number) => void) {}

  readonly add = (kind: string, status: Status): void => {
    if (this.untold.size === 0) setImmediate(() => this.tellAll());
    let statuses = this.untold.get(kind);
    if (!statuses) this.untold.set(kind, (statuses = new Map()));
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  };

  private tellAll(): void {
    for (const [kind, statuses] of this.untold) for (const [status, items] of statuses) this.tell(kind, status, items);
    this.untold.clear();
  }
}
