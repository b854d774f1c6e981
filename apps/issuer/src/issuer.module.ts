import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { loadConfig } from '@simpul/process';
import { IssuerConfig } from './config.js';
import { IssuerRoutes } from './issuer.routes.js';

@Module({
  providers: [
    { provide: IssuerConfig, useFactory: () => loadConfig(IssuerConfig) },
    {
      provide: IssuerRoutes,
      inject: [HttpAdapterHost, IssuerConfig],
      useFactory: (host: HttpAdapterHost, config: IssuerConfig) => new IssuerRoutes(host, config),
    },
  ],
})
export class IssuerModule {}
