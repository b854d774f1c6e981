import { AdapterModule } from '@simpul/adapter-kit';
import { Module } from '@nestjs/common';
import { CommunityConfig } from './config.js';
import { aidDeliveryKind } from './aid-delivery/aid-delivery.kind.js';
import { feedbackKind } from './feedback/feedback.kind.js';

@Module({
  imports: [
    AdapterModule.register({
      sector: 'community',
      kinds: [aidDeliveryKind, feedbackKind],
      config: CommunityConfig,
    }),
  ],
})
export class CommunityAdapterModule {}
