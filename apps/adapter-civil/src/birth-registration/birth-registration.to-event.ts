import { toData } from '@simpul/adapter-kit';
import type { BirthRegistered } from '@simpul/contracts';
import type { BirthRegistration } from './birth-registration.js';

/** The event's data are the message's own fields; its date is `bornOn`. */
export const toBirthRegistered = (message: BirthRegistration): { time: string; data: BirthRegistered } => ({
  time: message.bornOn,
  data: toData(message, 'bornOn'),
});
