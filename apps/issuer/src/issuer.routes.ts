import { type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { type HttpAdapterHost } from '@nestjs/core';
import { type FastifyInstance } from 'fastify';
import { type JWKS } from 'oidc-provider';
import { AccessData, SourceStore } from '@simpul/access';
import { developmentKey, isProduction, type Log } from '@simpul/process';
import { CONSENT, type IssuerConfig } from './config.js';
import { createProvider, newSigningKeys } from './provider.js';

/** Answers below the issuer's path on the public listener. Its requests bypass guard and pipe: OAuth has its own rules. */
export class IssuerRoutes implements OnModuleInit, OnApplicationShutdown {
  private readonly data: AccessData;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly config: IssuerConfig,
    private readonly log: Log,
  ) {
    if (isProduction() && config.consent !== CONSENT) {
      throw new Error(
        `This issuer is for development and demonstration. To start it in production, set ISSUER_IN_PRODUCTION='${CONSENT}'`,
      );
    }
    this.data = new AccessData(config.databaseUrl);
  }

  async onModuleInit(): Promise<void> {
    const keys = JSON.parse(await developmentKey(this.config.keysFile, newSigningKeys)) as JWKS;
    const provider = createProvider(this.config, keys, new SourceStore(this.data));
    provider.on('server_error', (_context, error) => this.log.error('issuer.failed', {}, error));
    const answer = provider.callback();
    const prefix = new URL(this.config.issuerUrl).pathname;
    const instance: FastifyInstance = this.host.httpAdapter.getInstance();
    void instance.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      // The provider reads the body itself.
      scope.addContentTypeParser('*', (_request, _body, parsed) => parsed(null));
      scope.all(`${prefix}/*`, (request, reply) => {
        reply.hijack();
        const raw = request.raw as typeof request.raw & { originalUrl?: string };
        raw.originalUrl = raw.url;
        raw.url = raw.url?.slice(prefix.length);
        void answer(raw, reply.raw);
      });
      done();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.data.close();
  }
}
