import { canonicalJson } from '@simpul/contracts';
import type { RecordKind } from '@simpul/contracts';
import type { RecordColumns } from '../record/record-columns.js';
import { writeFolded } from '../record/record.fold.js';
import type { Folded } from '../record/record.fold.js';

/** A record in clear, with all that is derived from it. */
export interface RecordState {
  kind: RecordKind;
  /** Number of the source. */
  source: number;
  /** Undefined: its bytes cannot be opened. */
  folded: Folded | undefined;
  columns: RecordColumns;
  /** Attribute -> blind index. */
  identifiers: ReadonlyMap<string, Buffer>;
}

/** Where the live record is not as it should be: names of attributes and columns, never values. Pure. */
export function differencesOf(live: RecordState | undefined, rebuilt: RecordState): string[] {
  if (!live) return ['(record)'];
  const names = [
    ...foldedDifferences(live.folded, rebuilt.folded ?? {}),
    ...columnsOf(live).flatMap(([name, value], index) => (columnsOf(rebuilt)[index]?.[1] === value ? [] : [name])),
    ...(sameIdentifiers(live.identifiers, rebuilt.identifiers) ? [] : ['(identifiers)']),
  ];
  return [...new Set(names)].toSorted();
}

/** Sealing draws a new nonce each time: only what is sealed can be compared. The order of members within a value says nothing. */
function foldedDifferences(live: Folded | undefined, rebuilt: Folded): string[] {
  if (!live) return ['(folded)'];
  if (writeFolded(live).equals(writeFolded(rebuilt))) return [];
  const names = new Set([...Object.keys(live), ...Object.keys(rebuilt)]);
  return [...names].filter((name) => canonicalJson(live[name] ?? null) !== canonicalJson(rebuilt[name] ?? null));
}

const columnsOf = ({ kind, source, columns }: RecordState): [string, unknown][] =>
  Object.entries({
    kind,
    source,
    linking: columns.linking,
    birthYear: columns.birthYear,
    sex: columns.sex,
    area: columns.area,
    vitalStatus: columns.vitalStatus,
  });

function sameIdentifiers(a: ReadonlyMap<string, Buffer>, b: ReadonlyMap<string, Buffer>): boolean {
  return a.size === b.size && [...a].every(([attribute, blind]) => b.get(attribute)?.equals(blind));
}
