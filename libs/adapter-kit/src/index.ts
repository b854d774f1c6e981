export { AdapterConfig, type SectorSettings } from './adapter-config.js';
export { AdapterModule, type AdapterOptions } from './adapter.module.js';
export { defineKind, type Kind, type KindExample, type Message, toData } from './kind.js';
