import type { Agency } from './agency.js';
import { TokenPurse } from './agency.js';
import type { History } from './history.js';
import type { Statement } from './message.js';
import type { Answer, AnsweredItem, Attempt, Place } from './oracle/evidence.js';

export type Form = Answer['form'];

interface Reply {
  status: number;
  items: AnsweredItem[];
  counts?: Record<string, number>;
  /** Why the rest is unknown; missing when the answer is whole. */
  broken?: string;
}

const TIMEOUT_MS = 9_000;
/** `duplicate`: the same was accepted earlier in the request. */
const TAKEN = new Set(['accepted', 'duplicate']);

/** One agency's system: sends over HTTP, writes down what it saw, and knows what it has to send again. */
export class AgencyClient {
  private readonly purse: TokenPurse;

  constructor(
    readonly agency: Agency,
    private readonly urls: { issuer: string; adapters: string },
    private readonly history: History,
    private readonly run: string,
  ) {
    this.purse = new TokenPurse(urls.issuer, agency);
  }

  /** Sends statements of one kind in one request; gives those whose fate is not known or that were not taken. */
  async send(statements: readonly Statement[], form: Form): Promise<Statement[]> {
    const [first] = statements;
    if (!first) return [];
    const attempts = this.begin(statements);
    const reply = await this.ask(first.path, statements, form);
    const answered = new Map(reply.items.map((item) => [item.index, item]));
    this.history.answer({
      request: attempts[0]?.request ?? 0,
      form,
      source: this.agency.source,
      status: reply.status,
      sent: statements.map(({ id, digest }) => ({ id, digest })),
      items: reply.items,
      ...(reply.counts && { counts: reply.counts }),
    });
    return statements.filter((_statement, index) => {
      const attempt = attempts[index];
      return attempt !== undefined && this.settle(attempt, answered.get(index), reply) === 'again';
    });
  }

  /** The bytes of a request with an array, for faults that send them in their own way; it counts as sent, its fate unknown. */
  async rawRequest(statements: readonly Statement[]): Promise<Buffer> {
    const [first] = statements;
    if (!first) throw new RangeError('a request needs a statement');
    const same = statements.filter(({ path }) => path === first.path);
    const body = Buffer.from(bodyOf(same, 'array'));
    const head = await this.rawHead(first.path, ['content-type: application/json', `content-length: ${body.length}`]);
    for (const attempt of this.begin(same)) this.history.unknown(attempt, 'left');
    return Buffer.concat([Buffer.from(head), body]);
  }

  /** How a request begins on the wire. */
  async rawHead(path: string, headers: readonly string[]): Promise<string> {
    const head = [
      `POST /adapters/${this.agency.sector}/v1/${path} HTTP/1.1`,
      'host: 127.0.0.1',
      `authorization: Bearer ${await this.purse.bearer()}`,
      ...headers,
    ];
    return `${head.join('\r\n')}\r\n\r\n`;
  }

  private begin(statements: readonly Statement[]): Attempt[] {
    const request = this.history.nextRequest();
    return statements.map(({ id, digest, kind, message }, index) => {
      const attempt = { run: this.run, request, index, source: this.agency.source, id, digest };
      this.history.invoke(attempt, { kind, message });
      return attempt;
    });
  }

  private settle(attempt: Attempt, item: AnsweredItem | undefined, reply: Reply): 'done' | 'again' {
    if (!item) return this.doubt(attempt, reply.broken ?? `status ${reply.status}`);
    if (TAKEN.has(item.status))
      this.history.ok(attempt, item.receipt === undefined ? undefined : placeOf(item.receipt));
    else if (item.status === 'rejected') this.history.fail(attempt);
    else return this.doubt(attempt, item.status);
    return 'done';
  }

  private doubt(attempt: Attempt, why: string): 'again' {
    this.history.unknown(attempt, why);
    return 'again';
  }

  private async ask(path: string, statements: readonly Statement[], form: Form): Promise<Reply> {
    try {
      const response = await fetch(`${this.urls.adapters}/adapters/${this.agency.sector}/v1/${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await this.purse.bearer()}`,
          'content-type': form === 'lines' ? 'application/x-ndjson' : 'application/json',
        },
        body: bodyOf(statements, form),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.status === 401) this.purse.forget();
      return form === 'lines' && response.ok ? await readLines(response) : await readBody(response, form);
    } catch (error) {
      return { status: 0, items: [], broken: error instanceof Error ? error.name : 'unknown' };
    }
  }
}

function bodyOf(statements: readonly Statement[], form: Form): string {
  const messages = statements.map(({ message }) => message);
  if (form === 'lines') return messages.map((message) => `${JSON.stringify(message)}\n`).join('');
  return JSON.stringify(form === 'object' ? messages[0] : messages);
}

/** The receipt is base64url of the JSON list [id, digest, topic, partition, offset]. */
function placeOf(receipt: string): Place {
  const [, , topic, partition, offset] = JSON.parse(Buffer.from(receipt, 'base64url').toString()) as [
    id: string,
    digest: string,
    topic: string,
    partition: number,
    offset: string,
  ];
  return { topic, partition, offset };
}

interface Body extends Partial<AnsweredItem> {
  items?: AnsweredItem[];
  accepted?: number;
  duplicate?: number;
  rejected?: number;
  retry?: number;
}

const countsOf = ({ accepted = 0, duplicate = 0, rejected = 0, retry = 0 }: Body): Record<string, number> => ({
  accepted,
  duplicate,
  rejected,
  retry,
});

async function readBody(response: Response, form: Form): Promise<Reply> {
  const { status } = response;
  let body: Body;
  try {
    body = (await response.json()) as Body;
  } catch {
    return { status, items: [], broken: 'the body broke off' };
  }
  if (body.items) return { status, items: body.items, counts: countsOf(body) };
  if (form === 'object' && status === 202)
    return { status, items: [{ ...body, index: 0, status: String(body.status) }] };
  if (form === 'object' && status === 422) return { status, items: [{ index: 0, status: 'rejected', id: body.id }] };
  return { status, items: [], broken: `status ${status}` };
}

/** A line per item as it is settled, the sum last: without the sum the rest is unknown. */
async function readLines(response: Response): Promise<Reply> {
  const reply: Reply = { status: response.status, items: [], broken: 'no summary' };
  let text = '';
  try {
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) {
      text += decoder.decode(bytes as Uint8Array, { stream: true });
      const whole = text.split('\n');
      text = whole.pop() ?? '';
      for (const line of whole) takeLine(line, reply);
    }
  } catch {
    reply.broken ??= 'broke off';
  }
  return reply;
}

function takeLine(line: string, reply: Reply): void {
  const said = JSON.parse(line) as Partial<AnsweredItem> & { summary?: Body };
  if (said.summary) {
    reply.counts = countsOf(said.summary);
    delete reply.broken;
  } else if (said.index !== undefined) {
    reply.items.push(said as AnsweredItem);
  }
}
