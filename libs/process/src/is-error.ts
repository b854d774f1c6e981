import { types } from 'node:util';

/** Errors of this realm or another (tests run in their own), and those that only inherit from Error, as Fastify's do. */
export const isError = (value: unknown): value is Error => value instanceof Error || types.isNativeError(value);
