interface Amount {
  messages: number;
  bytes: number;
}

/**
 * How the queue is shared: nobody may hold more of it than is free at that moment. One alone gets half, two a third each, so whoever comes
 * next always finds room, and nobody has to be told apart or counted beforehand.
 */
export class QueueShares {
  private readonly held = new Map<string, Amount>();

  /** A first message always fits where there is room for it at all. */
  allow(owner: string, bytes: number, free: Amount): boolean {
    const mine = this.held.get(owner);
    if (!mine) return true;
    return mine.messages + 1 <= free.messages && mine.bytes + bytes <= free.bytes;
  }

  add(owner: string, bytes: number): void {
    const mine = this.held.get(owner) ?? { messages: 0, bytes: 0 };
    this.held.set(owner, { messages: mine.messages + 1, bytes: mine.bytes + bytes });
  }

  remove(owner: string, bytes: number): void {
    const mine = this.held.get(owner);
    if (!mine || mine.messages <= 1) this.held.delete(owner);
    else this.held.set(owner, { messages: mine.messages - 1, bytes: mine.bytes - bytes });
  }
}
