import { canonicalJson, type RecordKind } from '@simpul/contracts';
import { createHmac256 } from '@simpul/identifiers';

/** Makes the ids of records, persons and families from what sources say; the same input gives the same id for ever. */
export interface RecordIds {
  /** Of [kind, source, system, value]. */
  ofRecord(kind: RecordKind, source: string, system: string, value: string): string;
  /** Of the person (family) that a linking NIK (KK) names, whatever source says it. */
  ofLinked(system: string, value: string): string;
}

export function createRecordIds(key: Buffer): RecordIds {
  const hmac = createHmac256(key);
  const idOf = (parts: string[]): string => toUuid(hmac(canonicalJson(parts)));
  return {
    ofRecord: (kind, source, system, value) => idOf([kind, source, system, value]),
    ofLinked: (system, value) => idOf(['linked', system, value]),
  };
}

/** UUID version 8 (RFC 9562) of the first 16 bytes. */
function toUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex', 0, 16);
  const variant = ((bytes.readUInt8(8) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20)}`;
}
