import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { TOKEN_SCHEME } from '@simpul/access';
import { type AppModule, buildApp } from './create-app.js';
import { Log } from './log.js';

export interface ApiTexts {
  title: string;
  version: string;
  description?: string;
}

type Operation = { responses?: Record<string, unknown>; security?: Record<string, string[]>[] };
const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options']);

const text = { type: 'string' } as const;
const PROBLEM = {
  type: 'object' as const,
  description: 'RFC 9457. `code` never changes its meaning; the texts follow Accept-Language (id or en).',
  required: ['type', 'title', 'status', 'detail', 'code', 'instance'],
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    code: text,
    instance: text,
    traceId: text,
    errors: {
      type: 'array',
      items: {
        type: 'object' as const,
        required: ['pointer', 'code', 'detail'],
        properties: { pointer: text, code: text, detail: text },
      },
    },
  },
};

/** The OpenAPI 3.1 document of an app. Needs no servers: the app is built and never started. */
export async function describeApi(module: AppModule, texts: ApiTexts): Promise<OpenAPIObject> {
  const app = await buildApp({
    name: 'describe',
    module,
    config: { issuerUrl: 'http://127.0.0.1:3000/issuer', audience: 'urn:simpul:hub' },
    log: new Log({ name: 'describe', level: 'silent' }),
  });
  const builder = new DocumentBuilder().setOpenAPIVersion('3.1.0').setTitle(texts.title).setVersion(texts.version);
  const config = builder.setDescription(texts.description ?? '').build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: operationId,
    // Tags are said where routes are: a controller's own name would list its routes a second time.
    autoTagControllers: false,
  });
  return complete(document);
}

/** `growthMeasurementPush`. No `_`: Swagger UI takes it for a space in the address of an operation. */
function operationId(controller: string, method: string): string {
  const name = controller.replace(/Controller$/u, '');
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}

/** What every operation has in common is said once here: how tokens are got, and how failures look. */
function complete(document: OpenAPIObject): OpenAPIObject {
  const scopes = new Set<string>();
  for (const operation of operationsOf(document)) {
    operation.responses = { ...operation.responses, default: PROBLEM_RESPONSE };
    for (const need of operation.security ?? []) for (const scope of need[TOKEN_SCHEME] ?? []) scopes.add(scope);
  }
  const schemas = { ...document.components?.schemas, Problem: PROBLEM };
  document.components = { ...document.components, schemas, securitySchemes: { [TOKEN_SCHEME]: tokenScheme(scopes) } };
  return document;
}

const PROBLEM_RESPONSE = {
  description: 'A problem',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

const operationsOf = (document: OpenAPIObject): Operation[] =>
  Object.values(document.paths).flatMap((path) =>
    Object.entries(path)
      .filter(([method]) => METHODS.has(method))
      .map(([, operation]) => operation as Operation),
  );

const tokenScheme = (
  scopes: Set<string>,
): NonNullable<NonNullable<OpenAPIObject['components']>['securitySchemes']>[string] => ({
  type: 'oauth2',
  description: 'OAuth 2.0 client credentials with private_key_jwt (ES256); tokens live 300 seconds.',
  flows: {
    clientCredentials: {
      tokenUrl: '/issuer/token',
      scopes: Object.fromEntries([...scopes].toSorted().map((scope) => [scope, ''])),
    },
  },
});
