import { toData } from '@simpul/adapter-kit';
import type { DeathRegistered } from '@simpul/contracts';
import type { DeathRegistration } from './death-registration.js';

/** The event's data are the message's own fields; its date is `diedOn`. */
export const toDeathRegistered = (message: DeathRegistration): { time: string; data: DeathRegistered } => ({
  time: message.diedOn,
  data: toData(message, 'diedOn'),
});
