import { toData } from '@simpul/adapter-kit';
import type { RankingPublished } from '@simpul/contracts';
import type { WelfareRanking } from './welfare-ranking.js';

/** The event's data are the message's own fields; its date is `publishedOn`. */
export const toRankingPublished = (message: WelfareRanking): { time: string; data: RankingPublished } => ({
  time: message.publishedOn,
  data: toData(message, 'publishedOn'),
});
