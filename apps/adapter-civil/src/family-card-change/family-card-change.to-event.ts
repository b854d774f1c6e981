import { toData } from '@simpul/adapter-kit';
import type { FamilyChanged } from '@simpul/contracts';
import type { FamilyCardChange } from './family-card-change.js';

/** The event's data are the message's own fields; its date is `changedOn`. */
export const toFamilyChanged = (message: FamilyCardChange): { time: string; data: FamilyChanged } => ({
  time: message.changedOn,
  data: toData(message, 'changedOn'),
});
