import { adapterExam } from '@simpul/testing';
import { benefitDisbursementKind } from '../src/benefit-disbursement/benefit-disbursement.kind.js';
import { welfareRankingKind } from '../src/welfare-ranking/welfare-ranking.kind.js';
import { SocialAdapterModule } from '../src/social.module.js';

adapterExam({ sector: 'social', module: SocialAdapterModule, kinds: [benefitDisbursementKind, welfareRankingKind] });
