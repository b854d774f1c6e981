export {
  ATTRIBUTE_OF_SYSTEM,
  ATTRIBUTES,
  type AttributeInfo,
  type AttributeName,
  type ClearColumn,
  type RecordKind,
} from './attribute.js';
export { canonicalJson, digestOf } from './canonical-json.js';
export {
  type Classification,
  CLASSIFICATIONS,
  type Envelope,
  isEnvelope,
  isPayload,
  type Payload,
  writeHead,
} from './envelope.js';
export {
  eventId,
  type EventIdParts,
  isSourceName,
  parseEventId,
  revisionOf,
  sourceNameOf,
  sourceUri,
} from './event-id.js';
export {
  type Claim,
  type EventExample,
  type EventType,
  type FamilyMention,
  type PersonMention,
  type RosterEntry,
  type Subject,
} from './event-type.js';
export { EVENT_TYPES, findEventType } from './event-types.js';
export { BirthRegistered, birthRegistered } from './events/civil-birth-registered.js';
export { DeathRegistered, deathRegistered } from './events/civil-death-registered.js';
export { FAMILY_RELATIONS, FamilyChanged, familyChanged, FamilyMember } from './events/civil-family-changed.js';
export { AidDelivered, aidDelivered } from './events/community-aid-delivered.js';
export { FeedbackSubmitted, feedbackSubmitted } from './events/community-feedback-submitted.js';
export { PupilEnrolled, pupilEnrolled } from './events/education-pupil-enrolled.js';
export { GrowthMeasured, growthMeasured } from './events/health-growth-measured.js';
export { ImmunisationGiven, immunisationGiven } from './events/health-immunisation-given.js';
export { BenefitDisbursed, benefitDisbursed } from './events/social-benefit-disbursed.js';
export { RankingPublished, rankingPublished } from './events/social-ranking-published.js';
export { explain, type FieldError } from './explain.js';
export { isDay } from './field-check.js';
/** All of them, whichever the messages of today use: a message may need any. @public */
export { Code, Day, Flag, Instant, ListOf, Part, Quantity, Text, Whole } from './field-decorators.js';
export { FIELD_GROUPS, type FieldGroup } from './field-group.js';
export { type Class, type ContractInfo, contractOf, type FieldInfo, type FieldKind, fieldsOf } from './field-info.js';
export { type FieldText, fieldTextsOf, partsBelow } from './field-text.js';
export { Contract, type FieldOptions, SameAs } from './field.js';
export { dayOrInstantMs, instantMs, instantOf } from './instant.js';
export { jsonSchemaOf } from './json-schema.js';
export { Address, AreaCode } from './part/address.js';
export { FacilityRef } from './part/facility-ref.js';
export { FamilyRef } from './part/family-ref.js';
export { Identifier } from './part/identifier.js';
export { PersonRef } from './part/person-ref.js';
export { findParts, type FoundPart, type PartPlace } from './parts.js';
export {
  isProblemCode,
  type Problem,
  type ProblemCode,
  ProblemError,
  PROBLEMS,
  toProblem,
  VERDICT_CODES,
  type VerdictCode,
  WARNING_CODES,
  type WarningCode,
} from './problem.js';
export type { ProblemInfo } from './problem-info.js';
export { isSector, type Sector, SECTOR_WORDS, sectorOfType, SECTORS, topicOf } from './sector.js';
export { RecordedAt, Reference, Revision, Withdrawn } from './statement-field.js';
export { readReceipt, type Receipt, type ReceiptParts, writeReceipt } from './receipt.js';
export { type SystemName, SYSTEMS } from './systems.js';
export { validatorFor } from './validator.js';
export { inBothLanguages, type Language, type Words } from './words.js';
