import { adapterExam } from '@simpul/testing';
import { aidDeliveryKind } from '../src/aid-delivery/aid-delivery.kind.js';
import { feedbackKind } from '../src/feedback/feedback.kind.js';
import { CommunityAdapterModule } from '../src/community.module.js';

adapterExam({ sector: 'community', module: CommunityAdapterModule, kinds: [aidDeliveryKind, feedbackKind] });
