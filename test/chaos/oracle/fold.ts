// What a record must say, from the documented rules alone: which claim wins, and whose record a PersonRef is.
import { createHmac } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import type { Content, Folded, Revision } from './evidence.js';

type Members = Record<string, unknown>;
interface PersonRef extends Members {
  identifiers?: { system: string; value: string }[];
  localId?: string;
  birthDate?: string;
  sex?: string;
}

/** How a kind speaks of people and families. */
interface Grammar {
  time: string;
  /** Members that are a PersonRef, and whether the message is about a child there. */
  people: Record<string, { child: boolean }>;
  families?: string[];
  claims?: (message: Members, day: string) => Record<string, Members>;
}

const pick = (from: Members, ...names: string[]): Members =>
  Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));

const GRAMMARS: Record<string, Grammar> = {
  'birth-registration': {
    time: 'bornOn',
    people: { child: { child: true }, mother: { child: false } },
    claims: () => ({ child: { vitalStatus: 'alive' } }),
  },
  'death-registration': {
    time: 'diedOn',
    people: { person: { child: false } },
    claims: (_message, day) => ({ person: { vitalStatus: 'deceased', deathDate: day } }),
  },
  'growth-measurement': {
    time: 'measuredAt',
    people: { child: { child: true } },
    claims: (message) => ({
      child: { growth: pick(message, 'weightKg', 'lengthCm', 'position', 'gainedCode', 'muacCm', 'headCm') },
    }),
  },
  immunisation: { time: 'givenAt', people: { child: { child: true } } },
  'pupil-enrolment': {
    time: 'entryDate',
    people: { pupil: { child: false } },
    claims: (message) => ({
      pupil: { enrolment: pick(message, 'schoolNpsn', 'schoolName', 'level', 'grade', 'entryKind', 'semester') },
    }),
  },
  'benefit-disbursement': { time: 'disbursedOn', people: { recipient: { child: false } }, families: ['family'] },
  'welfare-ranking': {
    time: 'publishedOn',
    people: {},
    families: ['family'],
    claims: (message) => ({ family: { welfareRanking: pick(message, 'scheme', 'version', 'decile') } }),
  },
  'aid-delivery': { time: 'deliveredOn', people: { recipient: { child: false } } },
};

const NIK = 'https://fhir.kemkes.go.id/id/nik';
const KK = 'https://fhir.kemkes.go.id/id/kk';
const NISN = 'urn:id:kemendikdasmen:nisn';
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
  const stated = String(message[grammar.time]);
  const time = Date.parse(stated.length === 10 ? `${stated}T00:00:00${JAKARTA}` : stated);
  const { recordedAt } = message as { recordedAt?: string };
  const recordedTime = recordedAt === undefined ? time : Date.parse(recordedAt);
  const statement = id.slice(0, id.lastIndexOf('/'));
  const said = grammar.claims?.(message, stated.slice(0, 10)) ?? {};
  const claimOf = (kindOfRecord: string, member: string, [system, value]: [string, string], own: Members): Claim => ({
    record: recordId(key, kindOfRecord, source, system, value),
    kind: kindOfRecord,
    source,
    attributes: { ...own, ...said[member] },
  });
  const people = Object.entries(grammar.people).flatMap(([member, { child }]) => {
    const person = message[member] as PersonRef | undefined;
    if (!person) return [];
    const usable = usableOf(person, child, recordedTime);
    return claimOf('person', member, keyOf(person, usable, `${statement}#/${member}`), personal(person, usable));
  });
  const families = (grammar.families ?? []).flatMap((member) => {
    const card = (message[member] as { familyCard: string } | undefined)?.familyCard;
    return card === undefined ? [] : claimOf('family', member, [KK, card], { familyCard: card });
  });
  return { source, id, time, recordedTime, claims: [...people, ...families] };
}

/** The source's own id of the person, else the strongest usable identifier, else the place in the statement. */
function keyOf(person: PersonRef, usable: Usable, place: string): [string, string] {
  if (person.localId !== undefined) return ['local', person.localId];
  if (usable.nik !== undefined) return [NIK, usable.nik];
  return usable.nisn === undefined ? ['statement', place] : [NISN, usable.nisn];
}

const personal = (person: PersonRef, usable: Usable): Members => ({ ...pick(person, ...PERSONAL), ...usable });

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
