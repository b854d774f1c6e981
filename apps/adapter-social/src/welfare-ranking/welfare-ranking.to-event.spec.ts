import { describe, expect, it } from '@jest/globals';
import { RankingPublished, validatorFor } from '@simpul/contracts';
import { WelfareRanking } from './welfare-ranking.js';
import { welfareRankingKind } from './welfare-ranking.kind.js';
import { toRankingPublished } from './welfare-ranking.to-event.js';

const { examples } = welfareRankingKind;

describe('The welfare ranking of a family', () => {
  it.each(examples)('becomes an event with nothing lost and nothing added: $title.en', ({ message }) => {
    expect(validatorFor(WelfareRanking)(message)).toBe(true);
    const { time, data } = toRankingPublished(message);
    expect(time).toBe(message.publishedOn);
    expect(validatorFor(RankingPublished)(data)).toBe(true);
    const {
      reference: _reference,
      revision: _revision,
      recordedAt: _recordedAt,
      publishedOn: _time,
      ...rest
    } = message;
    expect(data).toEqual(rest);
  });
});
