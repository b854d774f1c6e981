import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { requestToken } from '@simpul/access';
import { SYSTEMS } from '@simpul/contracts';
import { sourceOf } from '../tools/demo/plan/agencies.js';
import type { Installation } from '../tools/installation/installation.js';
import type { Answer } from './answer.js';
import { KeptConnection } from './kept-connection.js';

interface Place extends Pick<Installation, 'url' | 'keys'> {
  /** Where the issuer is, if not in the same process. */
  issuerUrl?: string;
}

const PURPOSE = 'health-care';

/**
 * The puskesmas' own connections to the hub. Plain node:http, because whatever the client costs is taken from the hub
 * on the same computer. A token is asked for once: a run is shorter than its life.
 */
export class Wire {
  private readonly agent = new Agent({ keepAlive: true });

  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async open({ url, keys, issuerUrl = `${url}/issuer` }: Place): Promise<Wire> {
    const source = sourceOf('health');
    const key = keys.get(source);
    if (!key) throw new RangeError(`no key of ${source}`);
    const { accessToken } = await requestToken(issuerUrl, key, 'push:health events:own persons:read');
    return new Wire(url, accessToken);
  }

  /** The same client at another process of the product. */
  at(url: string): Wire {
    return new Wire(url, this.token);
  }

  /** A connection of its own with the same token, for a load that would be a load for the client too. */
  keep(): Promise<KeptConnection> {
    return KeptConnection.open(this.url, this.headers());
  }

  close(): void {
    this.agent.destroy();
  }

  post(route: string, message: object): Promise<Answer> {
    return this.ask('POST', route, JSON.stringify(message));
  }

  /** A body that was made before. */
  postJson(route: string, body: string): Promise<Answer> {
    return this.ask('POST', route, body);
  }

  get(route: string): Promise<Answer> {
    return this.ask('GET', route);
  }

  /** The id that this agency knows a person by. */
  async idOf(nik: string): Promise<string> {
    const identifier = { system: SYSTEMS.nik, value: nik };
    const { status, body } = await this.post('/registry/v1/persons/lookup', { identifier });
    if (status !== 200) throw new Error(`lookup: ${status} ${body}`);
    return (JSON.parse(body) as { id: string }).id;
  }

  /** The answer, to be read while the lines are still being sent. Rejects when the hub does not take the request. */
  async stream(
    route: string,
    lines: Readable,
    stop: AbortSignal,
  ): Promise<{ answer: IncomingMessage; sent: Promise<void> }> {
    const asked = request(this.url + route, {
      method: 'POST',
      agent: this.agent,
      headers: { ...this.headers(), 'content-type': 'application/x-ndjson' },
      signal: stop,
    });
    const answered = once(asked, 'response');
    const sent = pipeline(lines, asked);
    const [answer] = (await Promise.race([answered, sent.then(() => answered)])) as [IncomingMessage];
    return { answer, sent };
  }

  private async ask(method: 'GET' | 'POST', route: string, body?: string): Promise<Answer> {
    const asked = request(this.url + route, {
      method,
      agent: this.agent,
      headers: { ...this.headers(), ...(body !== undefined && { 'content-type': 'application/json' }) },
      signal: AbortSignal.timeout(30_000),
    });
    asked.end(body);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    return { status: answer.statusCode ?? 0, body: await text(answer) };
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}`, 'simpul-purpose': PURPOSE };
  }
}
