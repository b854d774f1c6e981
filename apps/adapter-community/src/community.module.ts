import type { DynamicModule } from '@nestjs/common';
import { AdapterModule } from '@simpul/adapter-kit';
import { aidDeliveryKind } from './aid-delivery/aid-delivery.kind.js';
import { feedbackKind } from './feedback/feedback.kind.js';
import { CommunityConfig } from './config.js';

/** Partners push the aid that they delivered, and forums what residents said, here. */
export const CommunityAdapterModule = {
  register: (): DynamicModule =>
    AdapterModule.register({ sector: 'community', kinds: [aidDeliveryKind, feedbackKind], config: CommunityConfig }),
};
