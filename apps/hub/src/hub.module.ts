import { type DynamicModule, Module } from '@nestjs/common';
import type { ApiDescription } from '@simpul/process';
import { DOCUMENTS, DocumentsController } from './documents.controller.js';
import { modulesOf } from './parts.js';

/** The apps in one process: for development, demonstration and small offices. Composition, and the pages that tell how to begin and what there is. */
@Module({})
export class HubModule {
  static register(parts: readonly string[], documents: readonly ApiDescription[]): DynamicModule {
    return {
      module: HubModule,
      imports: modulesOf(parts),
      controllers: [DocumentsController],
      providers: [{ provide: DOCUMENTS, useValue: documents }],
    };
  }
}
