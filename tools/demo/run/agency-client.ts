import { setTimeout as pause } from 'node:timers/promises';
import { type ClientKey, requestToken } from '@simpul/access';

/** What the hub answered about one item of an array. */
export interface ItemAnswer {
  index: number;
  id?: string;
  status: 'accepted' | 'duplicate' | 'rejected' | 'retry';
  receipt?: string;
}

/** What became of an accepted message, as its receipt tells. */
export interface Verdict {
  status: string;
  reason?: { code: string };
}

const RENEW_BEFORE_MS = 60_000;
const RECEIPTS_AT_ONCE = 1_000;
const RETRY_MS = 500;

/** Nobody answered, in time or at all; the issuer counts too, as it is a part of the hub. */
const isAway = (error: unknown): boolean =>
  error instanceof TypeError ||
  error instanceof SyntaxError ||
  (error instanceof DOMException && error.name === 'TimeoutError') ||
  (error instanceof Error && error.message.startsWith('The issuer answered 5'));

/** Where an installation answers. */
export interface Addresses {
  url: string;
  registryUrl: string;
}

/** An agency's system as the hub sees it: HTTP with tokens of its own, nothing else. */
export class AgencyClient {
  private token = '';
  private validUntil = 0;

  constructor(
    private readonly at: Addresses,
    private readonly key: ClientKey,
    private readonly scope: string,
  ) {}

  /** Pushes an array (at most 1,000) and sends again what was not taken, until every item is settled. */
  async push(route: string, messages: readonly object[]): Promise<ItemAnswer[]> {
    const settled: ItemAnswer[] = [];
    let open = messages.map((message, index) => ({ message, index }));
    for (let wait = RETRY_MS; open.length > 0; wait = Math.min(wait * 2, 8_000)) {
      const items = await this.send(
        route,
        open.map(({ message }) => message),
      );
      const again = open.filter((_item, place) => (items[place]?.status ?? 'retry') === 'retry');
      for (const [place, { index }] of open.entries()) {
        const item = items[place];
        if (item && item.status !== 'retry') settled.push({ ...item, index });
      }
      open = again;
      if (open.length > 0) await pause(wait);
    }
    return settled.toSorted((a, b) => a.index - b.index);
  }

  /** One verdict per receipt, in order. */
  async verdictsOf(receipts: readonly string[]): Promise<Verdict[]> {
    const verdicts: Verdict[] = [];
    for (let from = 0; from < receipts.length; from += RECEIPTS_AT_ONCE) {
      const part = receipts.slice(from, from + RECEIPTS_AT_ONCE);
      verdicts.push(...(await this.askReceipts(part)));
    }
    return verdicts;
  }

  /** While the hub or its database is away, every verdict is pending. */
  private async askReceipts(receipts: readonly string[]): Promise<Verdict[]> {
    try {
      const response = await this.call('/registry/v1/receipts', { receipts });
      if (response.ok) return ((await response.json()) as { items: Verdict[] }).items;
      if (response.status < 500) throw new Error(`receipts: ${response.status} ${await response.text()}`);
    } catch (error) {
      if (!isAway(error)) throw error;
    }
    await pause(RETRY_MS);
    return receipts.map(() => ({ status: 'pending' }));
  }

  /** A JSON answer of a GET route. */
  async read<T>(route: string): Promise<T> {
    const response = await fetch(this.addressOf(route), {
      headers: { authorization: `Bearer ${await this.bearer()}` },
      signal: AbortSignal.timeout(30_000),
    });
    if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** A hub that does not answer has taken nothing for certain: all items count as `retry`. */
  private async send(route: string, messages: readonly object[]): Promise<ItemAnswer[]> {
    try {
      const response = await this.call(route, messages);
      const body = (await response.json()) as { items?: ItemAnswer[] };
      if (body.items) return body.items;
      if (response.status < 500 && response.status !== 429) throw new Error(`${route}: ${response.status}`);
      return [];
    } catch (error) {
      if (isAway(error)) return [];
      throw error;
    }
  }

  private async call(route: string, body: unknown): Promise<Response> {
    return fetch(this.addressOf(route), {
      method: 'POST',
      headers: { authorization: `Bearer ${await this.bearer()}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
  }

  private addressOf(route: string): string {
    return (route.startsWith('/registry/') ? this.at.registryUrl : this.at.url) + route;
  }

  private async bearer(): Promise<string> {
    if (Date.now() < this.validUntil) return this.token;
    const { accessToken, expiresIn } = await requestToken(`${this.at.url}/issuer`, this.key, this.scope);
    this.token = accessToken;
    this.validUntil = Date.now() + expiresIn * 1000 - RENEW_BEFORE_MS;
    return accessToken;
  }
}
