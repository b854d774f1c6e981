import type { DynamicModule } from '@nestjs/common';
import { AdapterModule } from '@simpul/adapter-kit';
import { benefitDisbursementKind } from './benefit-disbursement/benefit-disbursement.kind.js';
import { welfareRankingKind } from './welfare-ranking/welfare-ranking.kind.js';
import { SocialConfig } from './config.js';

/** The social office pushes welfare rankings and payments of benefits here. */
export const SocialAdapterModule = {
  register: (): DynamicModule =>
    AdapterModule.register({
      sector: 'social',
      kinds: [welfareRankingKind, benefitDisbursementKind],
      config: SocialConfig,
    }),
};
