import { canonicalJson } from '@simpul/contracts';

/** What one event says about one attribute of one record. Times are milliseconds; `id` is the event id. */
export interface Claim {
  value: unknown;
  time: number;
  recordedTime: number;
  id: string;
}

/** The folded state of a record: the winning claim of each attribute. */
export type Folded = Readonly<Record<string, Claim>>;

export const NOTHING: Folded = Object.freeze({});

/** All that one event says about one record. */
export interface RecordClaims {
  time: number;
  recordedTime: number;
  id: string;
  attributes: Readonly<Record<string, unknown>>;
}

/** Joins claims into a state: commutative, associative, idempotent. Per attribute the greatest (time, recorded time, id) wins. */
export function foldClaims(state: Folded, all: Iterable<RecordClaims>): Folded {
  const next: Record<string, Claim> = { ...state };
  for (const { attributes, time, recordedTime, id } of all) {
    for (const name of Object.keys(attributes)) {
      const value = attributes[name];
      if (value === undefined || value === null) continue;
      const claim = { value, time, recordedTime, id };
      const held = next[name];
      if (!held || compareClaims(claim, held) > 0) next[name] = claim;
    }
  }
  return next;
}

/** Joins two states; the same as folding what each was folded from. */
export function joinFolded(a: Folded, b: Folded): Folded {
  const next: Record<string, Claim> = { ...a };
  for (const [name, claim] of Object.entries(b)) {
    const held = next[name];
    if (!held || compareClaims(claim, held) > 0) next[name] = claim;
  }
  return next;
}

/** Total order of claims about one attribute: positive when `a` wins. One event that says two things about one attribute is settled by bytes. */
export function compareClaims(a: Claim, b: Claim): number {
  return (
    a.time - b.time ||
    a.recordedTime - b.recordedTime ||
    Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)) ||
    Buffer.compare(Buffer.from(canonicalJson(a.value)), Buffer.from(canonicalJson(b.value)))
  );
}

/** Whether both are written alike. Claims that nothing touched are the same objects: then nothing is written to compare. */
export function isSameFolded(a: Folded, b: Folded): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => {
    const [one, other] = [a[name], b[name]];
    return one === other || (one !== undefined && other !== undefined && isSameClaim(one, other));
  });
}

const isSameClaim = (a: Claim, b: Claim): boolean =>
  a.time === b.time &&
  a.recordedTime === b.recordedTime &&
  a.id === b.id &&
  JSON.stringify(a.value) === JSON.stringify(b.value);

/**
 * The form at rest: `[[[time, recorded time, id], …], {attribute: [value, place of its event in the list], …}]`, attributes
 * sorted. Most attributes of a record come from one or two events, whose long ids are thus written once.
 */
export function writeFolded(folded: Folded): Buffer {
  const events: AtRest[0] = [];
  const attributes: AtRest[1] = {};
  for (const name of Object.keys(folded).toSorted()) {
    const claim = folded[name] as Claim;
    attributes[name] = [claim.value, placeOf(claim, events)];
  }
  return Buffer.from(JSON.stringify([events, attributes]));
}

/** Where its event stands in the list, at the end if it is new there. */
function placeOf({ time, recordedTime, id }: Claim, events: AtRest[0]): number {
  const place = events.findIndex((event) => event[2] === id && event[0] === time && event[1] === recordedTime);
  return place === -1 ? events.push([time, recordedTime, id]) - 1 : place;
}

type AtRest = [events: [number, number, string][], attributes: Record<string, [value: unknown, place: number]>];
/** As records were written before: attribute -> [value, time, recorded time, id]. */
type FormerlyAtRest = Record<string, [unknown, number, number, string]>;

export function readFolded(bytes: Buffer): Folded {
  const stored = JSON.parse(bytes.toString()) as AtRest | FormerlyAtRest;
  if (!Array.isArray(stored)) return readFormer(stored);
  const [events, attributes] = stored;
  const folded: Record<string, Claim> = {};
  for (const name of Object.keys(attributes)) {
    const [value, place] = attributes[name] as AtRest[1][string];
    const event = events[place];
    if (!event) throw new Error(`${name} names an event that is not there`);
    folded[name] = { value, time: event[0], recordedTime: event[1], id: event[2] };
  }
  return folded;
}

const readFormer = (stored: FormerlyAtRest): Folded =>
  Object.fromEntries(
    Object.entries(stored).map(([name, [value, time, recordedTime, id]]) => [name, { value, time, recordedTime, id }]),
  );
