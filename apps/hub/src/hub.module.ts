import { type DynamicModule, Module } from '@nestjs/common';
import type { ApiDescription } from '@simpul/process';
import { modulesOf } from './parts.js';
import { DOCUMENTS, StartController } from './start.controller.js';

/** The apps in one process: for development, demonstration and small offices. Composition, and the page that tells how to begin. */
@Module({})
export class HubModule {
  static register(parts: readonly string[], documents: readonly ApiDescription[]): DynamicModule {
    return {
      module: HubModule,
      imports: modulesOf(parts),
      controllers: [StartController],
      providers: [{ provide: DOCUMENTS, useValue: documents }],
    };
  }
}
