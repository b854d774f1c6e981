export { AdapterConfig, type SectorSettings } from './adapter-config.js';
export { AdapterModule, type AdapterOptions } from './adapter.module.js';
/** For whoever needs events as an adapter makes them, without HTTP: the benchmark. */
export { type ItemContext, prepareEvent, type ReadyEvent } from './item-event.js';
export { type GoodItem, judgeItem, type RefusedItem } from './item-judgement.js';
export { defineKind, type Kind, type KindExample, type Message, toData } from './kind.js';
