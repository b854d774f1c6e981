import { createPairwise, type Pairwise } from '@simpul/access';

/** Ids as each source sees them. A class, so that it can be injected. */
export class HiddenIds implements Pairwise {
  private readonly pairwise: Pairwise;

  constructor(key: Buffer) {
    this.pairwise = createPairwise(key);
  }

  hide(source: string, id: string): string {
    return this.pairwise.hide(source, id);
  }

  reveal(source: string, token: string): string | undefined {
    return this.pairwise.reveal(source, token);
  }

  hideEvent(source: string, eventSource: string, eventId: string): string {
    return this.pairwise.hideEvent(source, eventSource, eventId);
  }
}
