import type { EventType } from './event-type.js';
import { birthRegistered } from './events/civil-birth-registered.js';
import { deathRegistered } from './events/civil-death-registered.js';
import { familyChanged } from './events/civil-family-changed.js';
import { aidDelivered } from './events/community-aid-delivered.js';
import { feedbackSubmitted } from './events/community-feedback-submitted.js';
import { pupilEnrolled } from './events/education-pupil-enrolled.js';
import { growthMeasured } from './events/health-growth-measured.js';
import { immunisationGiven } from './events/health-immunisation-given.js';
import { benefitDisbursed } from './events/social-benefit-disbursed.js';
import { rankingPublished } from './events/social-ranking-published.js';

/** Every event type that this build knows. */
export const EVENT_TYPES: readonly EventType[] = [
  familyChanged,
  birthRegistered,
  deathRegistered,
  growthMeasured,
  immunisationGiven,
  pupilEnrolled,
  rankingPublished,
  benefitDisbursed,
  aidDelivered,
  feedbackSubmitted,
];

const byType = new Map(EVENT_TYPES.map((event) => [event.type, event]));

/** The event type of that full name (`id.simpul.health.growth.measured.v1`), if this build knows it. */
export const findEventType = (type: string): EventType | undefined => byType.get(type);
