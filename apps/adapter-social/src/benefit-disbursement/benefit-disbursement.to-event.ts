import { toData } from '@simpul/adapter-kit';
import type { BenefitDisbursed } from '@simpul/contracts';
import type { BenefitDisbursement } from './benefit-disbursement.js';

/** The event's data are the message's own fields; its date is `disbursedOn`. */
export const toBenefitDisbursed = (message: BenefitDisbursement): { time: string; data: BenefitDisbursed } => ({
  time: message.disbursedOn,
  data: toData(message, 'disbursedOn'),
});
