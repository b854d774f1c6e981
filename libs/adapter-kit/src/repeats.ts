/** What tells two items apart: `digest` is the same where they say the same. */
export interface Told {
  readonly id: string;
  readonly digest: string;
}

export type Seen = { is: 'new' } | { is: 'conflict' } | { is: 'repeat'; accepted: Promise<boolean> };

/** The ids of one request, to know what it says twice. A repeat waits for the first of its id, as it shares that one's outcome. */
export interface Repeats {
  /** To be asked in the order of the items; every `new` id must be settled. */
  see(item: Told): Seen;
  settle(id: string, accepted: boolean): void;
}

interface First {
  item: Told;
  accepted?: boolean;
  awaited?: PromiseWithResolvers<boolean>;
}

/** Holds the items themselves, as an array's are held anyway: a digest is made only of what is told twice. */
export class HeldRepeats implements Repeats {
  private readonly firsts = new Map<string, First>();

  see(item: Told): Seen {
    const first = this.firsts.get(item.id);
    if (!first) {
      this.firsts.set(item.id, { item });
      return { is: 'new' };
    }
    if (first.item.digest !== item.digest) return { is: 'conflict' };
    if (first.accepted !== undefined) return { is: 'repeat', accepted: Promise.resolve(first.accepted) };
    first.awaited ??= Promise.withResolvers();
    return { is: 'repeat', accepted: first.awaited.promise };
  }

  settle(id: string, accepted: boolean): void {
    const first = this.firsts.get(id);
    if (!first) return;
    first.accepted = accepted;
    first.awaited?.resolve(accepted);
  }
}
