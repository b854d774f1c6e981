import { SECTORS } from '@simpul/contracts';

/** Every scope that a client can have. */
export const SCOPES: readonly string[] = [
  ...SECTORS.map((sector) => `push:${sector}`),
  'events:own',
  'persons:read',
  'operations',
];
