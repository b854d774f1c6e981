import { Readable } from 'node:stream';
import { Controller, Inject, Post, Query, Req, Res, type Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, Requires } from '@simpul/access';
import { ProblemError } from '@simpul/contracts';
import { currentRequest, languageOf, Limits } from '@simpul/process';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from './answer.js';
import { Intake, type Push } from './intake.js';
import type { Kind } from './kind.js';
import { DocumentKind } from './kind-document.js';
import { LIMITS } from './limits.js';

/** What happens after the last line must fit too. */
const HANDLER_MS = LIMITS.totalMs + 30_000;

/** The one route of a kind: `POST /adapters/<sector>/v1/<path>`. */
export function createKindController(kind: Kind): Type<unknown> {
  const { sector } = kind.event;

  @Controller(`adapters/${sector}/v1/${kind.path}`)
  class KindController {
    constructor(@Inject(Intake) private readonly intake: Intake) {}

    @Post()
    @Requires(`push:${sector}`)
    @Limits({ bodyLimit: LIMITS.arrayBytes, handlerTimeout: HANDLER_MS })
    @DocumentKind(kind)
    async push(
      @Req() request: FastifyRequest,
      @Res() reply: FastifyReply,
      @CurrentCaller() caller: Caller,
      @Query('check') check?: string,
    ): Promise<void> {
      if (check !== undefined && check !== 'only') throw new ProblemError('request.malformed');
      const push = pushOf(kind, request, caller, check === 'only');
      const { body } = request;
      const leave = this.intake.enter(push.client, Buffer.isBuffer(body) ? body.length : 0);
      // The second comes alone where the client hangs up.
      reply.raw.once('finish', leave).once('close', leave);
      if (body instanceof Readable) sendLines(reply, request, await this.intake.takeLines(push, body));
      else if (Buffer.isBuffer(body)) sendAnswer(reply, await this.intake.takeJson(push, body));
      else throw new ProblemError('body.empty');
    }
  }

  const name = kind.name.replaceAll(/(?:^|-)([a-z])/gu, (_match, letter: string) => letter.toUpperCase());
  Object.defineProperty(KindController, 'name', { value: `${name}Controller` });
  ApiTags(name)(KindController);
  return KindController;
}

function pushOf(kind: Kind, request: FastifyRequest, { clientId, source }: Caller, checkOnly: boolean): Push {
  const { traceparent, traceId } = currentRequest();
  const language = languageOf(request.headers['accept-language']);
  const instance = request.url.split('?', 1)[0] ?? '';
  return { kind, client: clientId, source, checkOnly, traceparent, voice: { language, instance, traceId } };
}

function sendAnswer(reply: FastifyReply, { status, headers, isProblem, body }: Answer): void {
  void reply
    .code(status)
    .headers(headers ?? {})
    .type(`application/${isProblem ? 'problem+json' : 'json'}; charset=utf-8`)
    .send(JSON.stringify(body));
}

function sendLines(reply: FastifyReply, request: FastifyRequest, lines: AsyncGenerator<string>): void {
  // A body that was not read to its end cannot be followed by another request.
  reply.raw.once('finish', () => {
    if (!request.raw.readableEnded) request.raw.destroy();
  });
  void reply
    .code(200)
    .type('application/x-ndjson; charset=utf-8')
    .send(Readable.from(lines, { highWaterMark: 1 }));
}
