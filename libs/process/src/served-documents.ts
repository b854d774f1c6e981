import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Language, ProblemError } from '@simpul/contracts';
import { languageOf } from './accept-language.js';
import { type ApiDescription, apiPage, APIS_PATH, withPastedToken } from './api-page.js';
import { sendProblem } from './problem.filter.js';
import { problemIndexPage, problemPage } from './problem-page.js';
import { READER_FILES } from './reader-files.js';
import { DOCS } from './two-language-page.js';

const HTML = 'text/html; charset=utf-8';

/** Serves /docs/problems always, and the APIs under /docs where there are documents of any. */
export function serveDocuments(app: NestFastifyApplication, documents: readonly ApiDescription[]): void {
  const instance: FastifyInstance = app.getHttpAdapter().getInstance();
  const above = documents.length > 0 ? [DOCS] : [];
  const place = (request: FastifyRequest): { first: Language; above: typeof above } => ({
    first: languageOf(request.headers['accept-language']),
    above,
  });
  instance.get('/docs/problems', async (request, reply) => reply.type(HTML).send(problemIndexPage(place(request))));
  instance.get<{ Params: { code: string } }>('/docs/problems/:code', async (request, reply) =>
    sendFound(request, reply, problemPage(request.params.code, place(request))),
  );
  if (documents.length > 0) serveApis(instance, documents);
}

function serveApis(instance: FastifyInstance, documents: readonly ApiDescription[]): void {
  for (const api of documents) {
    instance.get(`/docs/openapi/${api.name}.json`, async () => api.document);
    instance.get(`${APIS_PATH}/${api.name}/openapi.json`, async () => withPastedToken(api));
    instance.get(`${APIS_PATH}/${api.name}`, async (_request, reply) => reply.type(HTML).send(apiPage(api)));
  }
  for (const [name, { type, text }] of Object.entries(READER_FILES)) {
    let read: string | undefined;
    instance.get(`${APIS_PATH}/files/${name}`, async (_request, reply) =>
      reply
        .type(type)
        .header('cache-control', 'max-age=3600')
        .send((read ??= text())),
    );
  }
}

function sendFound(request: FastifyRequest, reply: FastifyReply, page: string | undefined): FastifyReply {
  if (page !== undefined) return reply.type(HTML).send(page);
  sendProblem(new ProblemError('not-found'), request, reply);
  return reply;
}
