export { openAtRest, sealAtRest, unwrapKey, wrapKey } from './at-rest.js';
export { createHmac256 } from './hmac.js';
/** For whoever reads or shows identifiers; no app of today does. @public */
export { maskIdentifier } from './mask.js';
/** For whoever reads or shows identifiers; no app of today does. @public */
export { isTruncatedColumn, nikFindings } from './nik-findings.js';
export type { FindingLevel, NikCode, NikContext, NikFinding } from './nik-findings.js';
/** For whoever reads or shows identifiers; no app of today does. @public */
export { normaliseNik, readNik } from './nik.js';
export type { NikReading } from './nik.js';
export { createOpener } from './opener.js';
export type { Opened, Opener } from './opener.js';
export { findFamilyCard, normaliseIdentifier, usableIdentifiers } from './person-identifier.js';
export { pseudonym } from './pseudonym.js';
export { newRegistryKey, readPrivateJwks, readPublicJwks, toPrivateJwk, toPublicJwk } from './registry-key.js';
export type { RegistryJwk, RegistryPrivateKey, RegistryPublicKey } from './registry-key.js';
export { createSealer } from './sealer.js';
export type { Sealer, SealerOptions } from './sealer.js';
export { strongestIdentifier } from './strongest-identifier.js';
export type { SubjectContext } from './strongest-identifier.js';
