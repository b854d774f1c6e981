import type { Sector } from '@simpul/contracts';

/**
 * What the plan knows of a message before it is sent. `good`: must be applied (or outranked by a later revision);
 * `conflict`: other content under an id that is taken, must end dead; `broken`: must be refused at the door.
 */
export type Quality = 'good' | 'conflict' | 'broken';

/** What makes a message special; a plain one has none. */
export type Mischief = 'late' | 'repeated' | 'out-of-order' | 'revised' | 'withdrawn' | 'conflicting' | 'broken';

export interface Message {
  reference: string;
  revision?: number;
  [field: string]: unknown;
}

/** One message to be sent by one agency. */
export interface Push {
  source: string;
  sector: Sector;
  /** Last part of the route. */
  path: string;
  message: Message;
  quality: Quality;
  mischief?: Mischief;
}

/** What identifies the message on its agency's side, before the hub has named it. */
export const keyOf = ({ source, path, message }: Push): string =>
  `${source}/${path}/${message.reference}/${message.revision ?? 0}`;
