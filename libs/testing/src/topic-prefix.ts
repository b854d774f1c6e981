import { randomBytes } from 'node:crypto';

/** A prefix that keeps the topics (and the group) of one spec apart from those of all others. */
export const topicPrefix = (): string => `t${randomBytes(6).toString('hex')}.`;
