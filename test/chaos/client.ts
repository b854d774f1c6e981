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
      sent: statements.map(({ id }) => id),
      items: reply.items,
      ...(reply.counts && { counts: reply.counts }),
    });
    return statements.filter((_statement, index) => {
      const attempt = attempts[index];
      return attempt !== undefined && this.settle(attempt, answered.get(index), reply) === 'again';
    });
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
    switch (item?.status ?? 'unanswered') {
      case 'accepted':
        this.history.ok(attempt, item.receipt === undefined ? undefined : placeOf(item.receipt));
        return 'done';
      case 'duplicate':
        this.history.ok(attempt);
        return 'done';
      case 'rejected':
        this.history.fail(attempt);
        return 'done';
      default:
        this.history.unknown(attempt, item?.status ?? reply.broken ?? `status ${reply.status}`);
        return 'again';
    }
  }

  private async ask(path: string, statements: readonly Statement[], form: Form): Promise<Reply> {
    const messages = statements.map(({ message }) => message);
    const lines = form === 'lines';
    try {
      const response = await fetch(`${this.urls.adapters}/adapters/${this.agency.sector}/v1/${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await this.purse.bearer()}`,
          'content-type': lines ? 'application/x-ndjson' : 'application/json',
        },
        body: lines
          ? messages.map((message) => `${JSON.stringify(message)}\n`).join('')
          : JSON.stringify(form === 'object' ? messages[0] : messages),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.status === 401) this.purse.forget();
      return lines && response.ok ? await readLines(response) : await readBody(response, form);
    } catch (error) {
      return { status: 0, items: [], broken: error instanceof Error ? error.name : 'unknown' };
    }
  }
}

/** The receipt is base64url of the JSON list [id, digest, topic, partition, offset]. */
export function placeOf(receipt: string): Place & { id: string; digest: string } {
  const [id, digest, topic, partition, offset] = JSON.parse(Buffer.from(receipt, 'base64url').toString()) as [
    string,
    string,
    string,
    number,
    string,
  ];
  return { id, digest, topic, partition, offset };
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

async function readLines(response: Response): Promise<Reply> {
  const { status } = response;
  const items: AnsweredItem[] = [];
  let text = '';
  let counts: Record<string, number> | undefined;
  let broken: string | undefined = 'no summary';
  const take = (line: string): void => {
    const said = JSON.parse(line) as AnsweredItem & { summary?: Body; problem?: object };
    if (said.summary) {
      counts = countsOf(said.summary);
      broken = undefined;
    } else if (said.index !== undefined) items.push(said);
  };
  try {
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) {
      text += decoder.decode(bytes as Uint8Array, { stream: true });
      const whole = text.split('\n');
      text = whole.pop() ?? '';
      for (const line of whole) take(line);
    }
  } catch {
    broken ??= 'broke off';
  }
  return { status, items, ...(counts && { counts }), ...(broken !== undefined && { broken }) };
}
