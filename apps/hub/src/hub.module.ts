import { type DynamicModule, Module } from '@nestjs/common';
import { modulesOf } from './parts.js';

/** The apps in one process: for development, demonstration and small offices. Composition only. */
@Module({})
export class HubModule {
  static register(parts: readonly string[]): DynamicModule {
    return { module: HubModule, imports: modulesOf(parts) };
  }
}
