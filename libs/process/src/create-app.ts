import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessGuard, TokenVerifier, type VerifyToken } from '@simpul/access';
import { type ApiDescription } from './api-page.js';
import { ContractPipe } from './contract.pipe.js';
import { Health } from './health.js';
import { Log, type LogLevel } from './log.js';
import { Metrics } from './metrics.js';
import { nestLog } from './nest-log.js';
import { OperatorsListener } from './operators-listener.js';
import { ProblemFilter } from './problem.filter.js';
import { createPublicListener } from './public-listener.js';
import { RouteTable } from './route-table.js';
import { serveDocuments } from './served-documents.js';

export type AppModule = Type<unknown> | DynamicModule;

export interface AppOptions {
  /** Name of the process in its log. */
  name: string;
  module: AppModule;
  config: { issuerUrl: string; audience: string; logLevel?: LogLevel };
  /** How tokens are verified; by default with the keys of the issuer. */
  verify?: VerifyToken;
  /** OpenAPI documents shown under /docs. */
  documents?: readonly ApiDescription[];
  log?: Log;
}

/** Holds what every module may inject: Log, Metrics, Health, OperatorsListener. */
@Module({})
class ProcessModule {}

/** The app with guard, pipe and filter bound, built but not started: no route answers and nothing has connected. */
export async function buildApp(options: AppOptions): Promise<NestFastifyApplication> {
  const { issuerUrl: issuer, audience } = options.config;
  const verify = options.verify ?? new TokenVerifier({ issuer, audience }).verify;
  const log = options.log ?? new Log({ name: options.name, level: options.config.logLevel ?? 'info' });
  const parts = { log, metrics: new Metrics(), health: new Health(), routes: new RouteTable() };
  const operators = new OperatorsListener(parts.health, parts.metrics);
  const values: [Type<unknown>, unknown][] = [
    [Log, log],
    [Metrics, parts.metrics],
    [Health, parts.health],
    [OperatorsListener, operators],
  ];
  const providers: Provider[] = values.map(([provide, useValue]) => ({ provide, useValue }));
  const root: DynamicModule = {
    module: ProcessModule,
    global: true,
    imports: [options.module],
    providers,
    exports: values.map(([provide]) => provide),
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, createPublicListener({ ...parts, verify }), {
    bodyParser: false,
    abortOnError: false,
    logger: nestLog(log),
  });
  app.useGlobalGuards(new AccessGuard(verify));
  app.useGlobalPipes(new ContractPipe());
  app.useGlobalFilters(new ProblemFilter(log, parts.routes));
  serveDocuments(app, options.documents ?? []);
  return app;
}

/** The app as it runs, without listening: for tests with `app.inject`. What it needs is connected. */
export async function createApp(options: AppOptions): Promise<NestFastifyApplication> {
  const app = await buildApp(options);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}
