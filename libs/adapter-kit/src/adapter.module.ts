import { type DynamicModule, Module } from '@nestjs/common';
import type { Sector } from '@simpul/contracts';
import { loadKafkaSecurity } from '@simpul/messaging';
import { type ConfigClass, Health, loadConfig, Log, Metrics } from '@simpul/process';
import type { Counter } from 'prom-client';
import { AdapterConfig, type SectorSettings } from './adapter-config.js';
import { Intake } from './intake.js';
import { ItemCount } from './item-count.js';
import { createKindController } from './kind.controller.js';
import type { Kind } from './kind.js';

export interface AdapterOptions {
  sector: Sector;
  kinds: readonly Kind[];
  config: ConfigClass<SectorSettings>;
}

const ITEMS = 'simpul_adapter_items_total';
type Labels = 'sector' | 'kind' | 'status';

/** One counter for all sectors of a process. */
const itemCounter = (metrics: Metrics): Counter<Labels> =>
  (metrics.registry.getSingleMetric(ITEMS) as Counter<Labels> | undefined) ??
  metrics.counter(ITEMS, 'Items pushed, by outcome', ['sector', 'kind', 'status']);

/** The adapter of one sector: a route per kind, and the way from there to the sector's topic. */
@Module({})
export class AdapterModule {
  static register({ sector, kinds, config }: AdapterOptions): DynamicModule {
    const stray = kinds.find((kind) => kind.event.sector !== sector);
    if (stray) throw new TypeError(`${stray.name} is not of the sector ${sector}`);
    const intake = {
      provide: Intake,
      inject: [Log, Health, Metrics],
      useFactory: (log: Log, health: Health, metrics: Metrics): Intake => {
        const counter = itemCounter(metrics);
        const count = new ItemCount((kind, status, items) => counter.inc({ sector, kind, status }, items));
        return new Intake({
          sector,
          config: { ...loadConfig(AdapterConfig), ...loadConfig(config) },
          security: loadKafkaSecurity(),
          log,
          health,
          count: count.add,
        });
      },
    };
    return { module: AdapterModule, controllers: kinds.map(createKindController), providers: [intake] };
  }
}
