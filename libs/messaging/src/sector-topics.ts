import { SECTORS, topicOf } from '@simpul/contracts';

/** The event topics of all sectors, without prefix. */
export const SECTOR_TOPICS: readonly string[] = SECTORS.map((sector) => topicOf(sector));
