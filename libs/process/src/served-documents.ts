import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { type FastifyInstance } from 'fastify';
import { ProblemError } from '@simpul/contracts';
import { languageOf } from './accept-language.js';
import { sendProblem } from './problem.filter.js';
import { problemPage } from './problem-page.js';

/** An OpenAPI document and the name of the app that it describes. */
export interface ApiDescription {
  name: string;
  document: OpenAPIObject;
}

/** Serves /docs/problems/<code> always, and the documents with a reader under /docs where there are any. */
export function serveDocuments(app: NestFastifyApplication, documents: readonly ApiDescription[]): void {
  const instance: FastifyInstance = app.getHttpAdapter().getInstance();
  instance.get<{ Params: { code: string } }>('/docs/problems/:code', async (request, reply) => {
    const page = problemPage(request.params.code, languageOf(request.headers['accept-language']));
    if (page !== undefined) return reply.type('text/html; charset=utf-8').send(page);
    sendProblem(new ProblemError('not-found'), request, reply);
    return reply;
  });
  for (const { name, document } of documents) {
    instance.get(`/docs/openapi/${name}.json`, async () => document);
  }
  const [first] = documents;
  if (!first) return;
  const urls = documents.map(({ name }) => ({ name, url: `/docs/openapi/${name}.json` }));
  SwaggerModule.setup('docs', app, first.document, {
    explorer: true,
    raw: false,
    swaggerOptions: { urls, url: undefined, spec: undefined },
  });
}
