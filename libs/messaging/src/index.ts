export { backlogAge, type BacklogOptions } from './backlog-age.js';
export { BatchContext, type BatchPlace, type BatchVerdict, KAFKA_BATCH, type LogMessage } from './batch-context.js';
export {
  EventPublisher,
  type PublisherOptions,
  type PublisherState,
  type PublishRequest,
} from './event-publisher.js';
export { type ConsumerState, KafkaBatchServer, type KafkaBatchServerOptions } from './kafka-batch-server.js';
export { partitionOf } from './kafka-partition.js';
export type { LogDetails, LogLevel, MessagingLog } from './messaging-log.js';
export type { Positions } from './positions.js';
export type { Published } from './published.js';
export { SECTOR_TOPICS } from './sector-topics.js';
export { applyTopics, checkTopics, type TopicFinding, type TopicOptions } from './topics.js';
