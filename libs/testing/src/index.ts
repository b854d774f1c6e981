export { pushedMessage } from './pushed-message.js';
export type { PushedMessage, PushedOptions } from './pushed-message.js';
export { testDatabase } from './test-database.js';
export type { TestDatabase } from './test-database.js';
export { testKeys, testRegistryKey } from './test-keys.js';
export type { TestKeys } from './test-keys.js';
export { topicPrefix } from './topic-prefix.js';
