import { AdapterModule } from '@simpul/adapter-kit';
import { Module } from '@nestjs/common';
import { SocialConfig } from './config.js';
import { benefitDisbursementKind } from './benefit-disbursement/benefit-disbursement.kind.js';
import { welfareRankingKind } from './welfare-ranking/welfare-ranking.kind.js';

@Module({
  imports: [
    AdapterModule.register({
      sector: 'social',
      kinds: [benefitDisbursementKind, welfareRankingKind],
      config: SocialConfig,
    }),
  ],
})
export class SocialAdapterModule {}
