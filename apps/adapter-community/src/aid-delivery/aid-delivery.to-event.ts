import { toData } from '@simpul/adapter-kit';
import type { AidDelivered } from '@simpul/contracts';
import type { AidDelivery } from './aid-delivery.js';

/** The event's data are the message's own fields; its date is `deliveredOn`. */
export const toAidDelivered = (message: AidDelivery): { time: string; data: AidDelivered } => ({
  time: message.deliveredOn,
  data: toData(message, 'deliveredOn'),
});
