import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { loadConfig, Log } from '@simpul/process';
import { IssuerConfig } from './config.js';
import { IssuerRoutes } from './issuer.routes.js';

@Module({
  providers: [
    { provide: IssuerConfig, useFactory: () => loadConfig(IssuerConfig) },
    {
      provide: IssuerRoutes,
      inject: [HttpAdapterHost, IssuerConfig, Log],
      useFactory: (host: HttpAdapterHost, config: IssuerConfig, log: Log) => new IssuerRoutes(host, config, log),
    },
  ],
})
export class IssuerModule {}
