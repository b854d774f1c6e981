import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Any answer of an adapter: of one object, of an array, or one line of a stream. */
export interface Answered {
  index?: number;
  id?: string;
  status?: string | number;
  code?: string;
  receipt?: string;
  receivedAt?: string;
  warnings?: { code: string; pointer: string }[];
  problem?: Answered;
  errors?: { pointer: string; code: string; detail: string }[];
  accepted?: number;
  wouldBeAccepted?: number;
  duplicate?: number;
  rejected?: number;
  retry?: number;
  items?: Answered[];
  summary?: Answered;
}

export interface Pushed {
  status: number;
  headers: Readonly<Record<string, unknown>>;
  body: Answered;
}

export interface PushOptions {
  language?: string;
  query?: string;
  token?: string;
}

/** Pushes to one route of a running adapter, in each of the forms that it takes. */
export class Pusher {
  constructor(
    private readonly app: NestFastifyApplication,
    private readonly path: string,
    private readonly token: string,
  ) {}

  async json(body: unknown, options: PushOptions = {}): Promise<Pushed> {
    const answer = await this.inject(JSON.stringify(body), 'application/json', options);
    return { status: answer.statusCode, headers: answer.headers, body: answer.json<Answered>() };
  }

  async lines(body: string, options: PushOptions = {}): Promise<Answered[]> {
    const answer = await this.inject(body, 'application/x-ndjson', options);
    if (answer.statusCode !== 200) throw new Error(`A stream was answered with ${answer.statusCode}: ${answer.body}`);
    return answer.body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Answered);
  }

  private inject(
    payload: string,
    type: string,
    { language = 'en', query = '', token = this.token }: PushOptions,
  ): ReturnType<NestFastifyApplication['inject']> {
    const authorization = token === '' ? {} : { authorization: `Bearer ${token}` };
    const headers = { 'content-type': type, 'accept-language': language, ...authorization };
    return this.app.inject({ method: 'POST', url: `${this.path}${query}`, headers, payload });
  }
}
