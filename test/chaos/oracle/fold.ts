// What a record must say, from the documented rules alone: which claim wins, and whose record a PersonRef is.
import { createHmac } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import type { Content, Folded, Revision } from './evidence.js';
import { type Grammar, GRAMMARS, type Members, mentionsOf, type PersonRef, pick } from './grammar.js';

const NIK = 'https://fhir.kemkes.go.id/id/nik';
const KK = 'https://fhir.kemkes.go.id/id/kk';
const NISN = 'urn:id:kemendikdasmen:nisn';
const NEWBORN = 'urn:simpul:newborn';
const PERSONAL = ['name', 'sex', 'birthDate', 'birthPlace', 'motherName', 'address', 'phone', 'localId'];
const JAKARTA = '+07:00';

interface Claim {
  record: string;
  kind: string;
  source: string;
  attributes: Members;
}

interface Told {
  source: string;
  id: string;
  time: number;
  recordedTime: number;
  claims: Claim[];
}

export interface ExpectedRecord {
  kind: string;
  source: string;
  folded: Folded;
}

/** Every record that the ledger's counting events speak of. `contents` by `source id digest`. */
export function foldAll(
  revisions: readonly Revision[],
  contents: ReadonlyMap<string, Content>,
  recordIdKey: Buffer,
): Map<string, ExpectedRecord> {
  const records = new Map<string, ExpectedRecord>();
  for (const revision of countingOf(revisions)) {
    const id = `${revision.kind}/${revision.reference}/${revision.revision}`;
    const content = contents.get(`${revision.source} ${id} ${revision.digest}`);
    if (!content || content.message['withdrawn'] === true) continue;
    const told = tell(revision.source, id, content, recordIdKey);
    for (const claim of told.claims) join(records, told, claim);
  }
  return records;
}

/** Of the applied revisions of a statement the highest counts. */
function countingOf(revisions: readonly Revision[]): Revision[] {
  const highest = new Map<string, Revision>();
  for (const revision of revisions) {
    const statement = `${revision.source} ${revision.kind}/${revision.reference}`;
    const held = highest.get(statement);
    if (revision.verdict === 'applied' && (!held || revision.revision > held.revision))
      highest.set(statement, revision);
  }
  return [...highest.values()];
}

function join(records: Map<string, ExpectedRecord>, { time, recordedTime, id }: Told, claim: Claim): void {
  const { kind, source } = claim;
  const held = records.get(claim.record) ?? { kind, source, folded: {} };
  records.set(claim.record, held);
  for (const [attribute, value] of Object.entries(claim.attributes)) {
    if (value === undefined || value === null) continue;
    const said: Folded[string] = [value, time, recordedTime, id];
    const before = held.folded[attribute];
    if (!before || isStronger(said, before)) held.folded[attribute] = said;
  }
}

/** The greatest (time, recorded time, id in bytes) wins; one event that says two things is settled by their bytes. */
function isStronger(a: Folded[string], b: Folded[string]): boolean {
  if (a[1] !== b[1]) return a[1] > b[1];
  if (a[2] !== b[2]) return a[2] > b[2];
  const byId = Buffer.compare(Buffer.from(a[3]), Buffer.from(b[3]));
  return (byId || Buffer.compare(Buffer.from(canonicalJson(a[0])), Buffer.from(canonicalJson(b[0])))) > 0;
}

function tell(source: string, id: string, { kind, message }: Content, key: Buffer): Told {
  const grammar = GRAMMARS[kind];
  if (!grammar) throw new Error(`the oracle does not know ${kind}`);
  const { day, time, recordedTime } = timesOf(message, grammar);
  const statement = id.slice(0, id.lastIndexOf('/'));
  const said = grammar.claims?.(message, day) ?? {};
  const claimOf = (name: [kind: string, system: string, value: string], ...all: (Members | undefined)[]): Claim => ({
    record: recordId(key, name[0], source, name[1], name[2]),
    kind: name[0],
    source,
    attributes: Object.assign({}, ...all) as Members,
  });
  const people = mentionsOf(grammar, message).map(({ pointer, person, child }) => {
    const usable = usableOf(person, child, recordedTime);
    const name = keyOf(person, { usable, newborn: newbornOf(person, recordedTime) }, `${statement}#${pointer}`);
    return claimOf(['person', ...name], personal(person, usable), said[pointer.slice(1)], cardOf(grammar, message));
  });
  const roster = grammar.roster && { roster: rosterOf(message, people) };
  const families = (grammar.families ?? []).flatMap((member, index) => {
    const card = familyCardIn(message, member);
    if (card === undefined) return [];
    return claimOf(['family', KK, card], { familyCard: card }, said[member], index === 0 ? roster : undefined);
  });
  const named = [...people, ...families];
  if (named.length > 0 || !grammar.about) return { source, id, time, recordedTime, claims: named };
  const about = claimOf(['statement', 'statement', `${statement}#`], { subject: grammar.about(message) });
  return { source, id, time, recordedTime, claims: [about] };
}

function timesOf(message: Members, grammar: Grammar): { day: string; time: number; recordedTime: number } {
  const stated = String(message[grammar.time]);
  const time = Date.parse(stated.length === 10 ? `${stated}T00:00:00${JAKARTA}` : stated);
  const { recordedAt } = message as { recordedAt?: string };
  return { day: stated.slice(0, 10), time, recordedTime: recordedAt === undefined ? time : Date.parse(recordedAt) };
}

const familyCardIn = (message: Members, member: string): string | undefined =>
  (message[member] as { familyCard: string } | undefined)?.familyCard;

/** Who stands in a roster is on that card. */
const cardOf = ({ roster }: Grammar, message: Members): Members =>
  roster ? { kk: familyCardIn(message, 'family') } : {};

/** The records of the members, in the order in which they are told. */
const rosterOf = (message: Members, people: readonly Claim[]): object[] =>
  (message['members'] as { relation: string }[]).map(({ relation }, index) => ({
    record: people[index]?.record,
    relation,
  }));

/** The source's own id of the person, else the strongest usable identifier, else the place in the statement. */
function keyOf(person: PersonRef, { usable, newborn }: Names, place: string): [string, string] {
  if (person.localId !== undefined) return ['local', person.localId];
  if (usable.nik !== undefined) return [NIK, usable.nik];
  if (usable.nisn !== undefined) return [NISN, usable.nisn];
  return newborn === undefined ? ['statement', place] : [NEWBORN, newborn];
}

/** Before it has a number: the mother's, the day of birth and the place in that birth. */
function newbornOf({ motherNik, birthDate, birthOrder }: PersonRef, recordedTime: number): string | undefined {
  if (motherNik === undefined || birthDate === undefined || birthOrder === undefined) return undefined;
  const isMothers = isUsableNik(motherNik, { sex: 'F' }, false, recordedTime);
  return isMothers ? `${motherNik}|${birthDate}|${birthOrder}` : undefined;
}

const personal = (person: PersonRef, usable: Usable): Members => ({ ...pick(person, ...PERSONAL), ...usable });

interface Names {
  usable: Usable;
  newborn: string | undefined;
}

interface Usable extends Members {
  nik?: string;
  nisn?: string;
}

function usableOf(person: PersonRef, child: boolean, recordedTime: number): Usable {
  const valueOf = (system: string) => person.identifiers?.find((each) => each.system === system)?.value;
  const [nik, nisn] = [valueOf(NIK), valueOf(NISN)];
  return {
    ...(nik !== undefined && isUsableNik(nik, person, child, recordedTime) && { nik }),
    ...(nisn !== undefined && /^\d{10}$/u.test(nisn) && !/^(\d)\1*$/u.test(nisn) && { nisn }),
  };
}

/** Well formed, no placeholder, and in agreement with what is stated; in a message about a child only with a birth date. */
function isUsableNik(nik: string, { birthDate, sex }: PersonRef, child: boolean, recordedTime: number): boolean {
  if (!/^\d{16}$/u.test(nik) || nik.endsWith('0000')) return false;
  const isFemale = Number(nik.slice(6, 8)) > 40;
  const dates = birthDatesOf(nik, isFemale).filter((date) => Date.parse(date) <= recordedTime);
  const agreesInDate = birthDate === undefined ? !child : dates.includes(birthDate);
  return dates.length > 0 && agreesInDate && (sex === undefined || sex === (isFemale ? 'F' : 'M'));
}

/** The day of a woman is written 40 higher; the century is not written. */
function birthDatesOf(nik: string, isFemale: boolean): string[] {
  const day = String(Number(nik.slice(6, 8)) - (isFemale ? 40 : 0)).padStart(2, '0');
  return ['19', '20'].map((century) => `${century}${nik.slice(10, 12)}-${nik.slice(8, 10)}-${day}`).filter(isDate);
}

function isDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

/** UUID version 8 of the first 16 bytes of HMAC-SHA-256 over [kind, source, system, value] in canonical form. */
export function recordId(key: Buffer, ...name: [kind: string, source: string, system: string, value: string]): string {
  const bytes = createHmac('sha256', key).update(canonicalJson(name)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
