import { toData } from '@simpul/adapter-kit';
import type { ImmunisationGiven } from '@simpul/contracts';
import type { Immunisation } from './immunisation.js';

/** The event's data are the message's own fields; its date is `givenAt`. */
export const toImmunisationGiven = (message: Immunisation): { time: string; data: ImmunisationGiven } => ({
  time: message.givenAt,
  data: toData(message, 'givenAt'),
});
