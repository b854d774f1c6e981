import { digestOf } from './oracle/canonical-json.js';
import type { Random } from './random.js';

export const SECTORS = ['civil', 'health', 'education', 'social', 'community'] as const;
export type Sector = (typeof SECTORS)[number];

/** One message as an agency would send it. */
export interface Statement {
  sector: Sector;
  kind: string;
  path: string;
  id: string;
  digest: string;
  message: Message;
}

type Message = Record<string, unknown> & { reference: string; revision?: number; recordedAt?: string };

interface Form {
  kind: string;
  path: string;
  time: string;
  isDay: boolean;
  rest: (teller: { random: Random; person: () => object }) => object;
}

interface Person {
  nik: string;
  name: string;
  sex: 'F' | 'M';
  birthDate: string;
}

const NIK = 'https://fhir.kemkes.go.id/id/nik';
const NISN = 'urn:id:kemendikdasmen:nisn';
const two = (number: number): string => String(number).padStart(2, '0');

/** Synthetic: serial numbers from 9001 on are given to nobody. */
export function makePeople(random: Random, count: number): Person[] {
  return Array.from({ length: count }, (_, index) => {
    const sex = random.pick(['F', 'M'] as const);
    const [year, month, day] = [random.whole(2010, 2024), random.whole(1, 12), random.whole(1, 28)];
    const nik = `317409${two(sex === 'F' ? day + 40 : day)}${two(month)}${two(year % 100)}${9001 + random.whole(0, 900)}`;
    return { nik, sex, name: `WARGA CONTOH ${index}`, birthDate: `${year}-${two(month)}-${two(day)}` };
  });
}

const health = { system: 'urn:id:kemkes:faskes', value: 'PKM-JAGAKARSA' };
const FORMS: Record<Sector, [Form, ...Form[]]> = {
  civil: [
    {
      kind: 'birth-registration',
      path: 'birth-registrations',
      time: 'bornOn',
      isDay: true,
      rest: ({ random, person }) => ({
        child: person(),
        mother: person(),
        birthPlace: 'Puskesmas Jagakarsa',
        birthOrder: random.whole(1, 3),
      }),
    },
    {
      kind: 'death-registration',
      path: 'death-registrations',
      time: 'diedOn',
      isDay: true,
      rest: ({ random, person }) => ({
        person: person(),
        certificateNumber: `3174-KM-${random.whole(9001, 9999)}`,
      }),
    },
  ],
  health: [
    {
      kind: 'growth-measurement',
      path: 'growth-measurements',
      time: 'measuredAt',
      isDay: false,
      rest: ({ random, person }) => ({
        child: person(),
        facility: { system: 'urn:id:kemendagri:posyandu', value: 'TB-RW03-A' },
        weightKg: random.whole(30, 250) / 10,
        ...(random.happens(0.7) && { lengthCm: random.whole(450, 1_200) / 10, position: 'standing' }),
        ...(random.happens(0.5) && { gainedCode: random.pick(['N', 'T', 'O', 'B']) }),
      }),
    },
    {
      kind: 'immunisation',
      path: 'immunisations',
      time: 'givenAt',
      isDay: false,
      rest: ({ random, person }) => ({
        child: person(),
        antigen: random.pick(['MR', 'BCG', 'OPV', 'IPV']),
        setting: 'puskesmas',
        facility: health,
      }),
    },
  ],
  education: [
    {
      kind: 'pupil-enrolment',
      path: 'pupil-enrolments',
      time: 'entryDate',
      isDay: true,
      rest: ({ random, person }) => ({
        pupil: person(),
        schoolNpsn: `2010900${random.whole(1, 9)}`,
        level: 'SD',
        grade: random.whole(1, 6),
        entryKind: 'new',
        semester: '20251',
      }),
    },
  ],
  social: [
    {
      kind: 'benefit-disbursement',
      path: 'benefit-disbursements',
      time: 'disbursedOn',
      isDay: true,
      rest: ({ random, person }) => ({
        recipient: person(),
        ...(random.happens(0.5) && { family: { familyCard: `317409120118${random.whole(9001, 9040)}` } }),
        programme: 'PKH',
        period: '2025Q1',
        amountRupiah: random.whole(1, 900) * 1_000,
        channel: 'bank',
      }),
    },
    {
      kind: 'welfare-ranking',
      path: 'welfare-rankings',
      time: 'publishedOn',
      isDay: true,
      rest: ({ random }) => ({
        family: { familyCard: `317409120118${random.whole(9001, 9040)}` },
        scheme: 'DTSEN',
        version: '2025Q1',
        decile: random.whole(1, 10),
      }),
    },
  ],
  community: [
    {
      kind: 'aid-delivery',
      path: 'aid-deliveries',
      time: 'deliveredOn',
      isDay: true,
      rest: ({ random, person }) => ({
        partner: { system: 'urn:id:simpul:partner', value: 'LSM-CONTOH' },
        recipient: person(),
        kind: 'food',
        quantity: random.whole(1, 50),
        unit: 'kg',
      }),
    },
  ],
};

const LAST_TOLD = 300;

/** What one agency says: new statements, corrections, withdrawals, repeats, conflicts, and now and then nonsense. */
export class Teller {
  private readonly told: Statement[] = [];
  private count = 0;

  constructor(
    private readonly sector: Sector,
    /** Stands in every reference, so that runs do not meet. */
    private readonly tag: string,
    private readonly people: readonly Person[],
    private readonly random: Random,
  ) {}

  next(): Statement {
    const draw = this.random.next();
    const old = this.told.length > 0 ? this.random.pick(this.told) : undefined;
    if (!old || draw < 0.6) return this.remember(this.fresh());
    if (draw < 0.72) return this.remember(this.correction(old, false));
    if (draw < 0.78) return this.remember(this.correction(old, true));
    if (draw < 0.9) return old;
    if (draw < 0.95) return this.conflict(old);
    return this.nonsense();
  }

  fresh(): Statement {
    const form = this.random.pick(FORMS[this.sector]);
    this.count += 1;
    return this.toStatement(form, this.draft(form, `${this.tag}-${this.sector}-${this.count}`));
  }

  /** Other content under an id that was used before. */
  conflict(old: Statement): Statement {
    const form = this.formOf(old);
    const { reference, revision, recordedAt } = old.message;
    return this.toStatement(form, { ...this.draft(form, reference), revision, recordedAt });
  }

  /** Another revision, higher or lower; taken back, it says the same again. */
  private correction(old: Statement, isWithdrawal: boolean): Statement {
    const form = this.formOf(old);
    const { reference } = old.message;
    const said = isWithdrawal ? { ...old.message, withdrawn: true } : this.draft(form, reference);
    return this.toStatement(form, { ...said, reference, revision: this.random.whole(1, 6) });
  }

  private nonsense(): Statement {
    const statement = this.fresh();
    const { [this.formOf(statement).time]: _time, ...message } = statement.message;
    return this.toStatement(this.formOf(statement), message as Message);
  }

  private draft({ time, isDay, rest }: Form, reference: string): Message {
    const { random } = this;
    const day = `2025-${two(random.whole(1, 10))}-${two(random.whole(1, 28))}`;
    const clock = (): string => `${day}T${two(random.whole(0, 23))}:${two(random.whole(0, 59))}:00+07:00`;
    return {
      reference,
      ...(random.happens(0.2) && { recordedAt: `${day}T23:59:59+07:00` }),
      ...(random.happens(0.5) && { revision: 0 }),
      [time]: isDay ? day : clock(),
      ...rest({ random, person: () => this.person() }),
    };
  }

  /** One of the ways in which an agency knows a person. */
  private person(): object {
    const { random } = this;
    const { nik, name, sex, birthDate } = random.pick(this.people);
    const identifiers = [{ system: NIK, value: nik }];
    const told = random.happens(0.5) ? { name } : { name: `${name} ${random.whole(1, 3)}` };
    const local = `orang-${nik.slice(6)}`;
    return random.pick([
      { identifiers, ...told, sex, birthDate },
      { identifiers, ...told, sex, birthDate, phone: `0800${random.whole(1_000_000, 9_999_999)}` },
      { identifiers, ...told },
      { localId: local, ...told, sex },
      { localId: local, identifiers, ...told, birthDate, motherName: 'IBU CONTOH' },
      { identifiers: [{ system: NISN, value: `01${nik.slice(8)}` }], ...told, birthPlace: 'Jakarta' },
      { identifiers, ...told, sex: sex === 'F' ? 'M' : 'F', birthDate },
      told,
    ]);
  }

  private toStatement({ kind, path }: Form, message: Message): Statement {
    // As the wire has it: what is undefined is not sent.
    const sent = JSON.parse(JSON.stringify(message)) as Message;
    const revision = sent.revision ?? (sent.recordedAt === undefined ? 0 : Date.parse(sent.recordedAt));
    const id = `${kind}/${sent.reference}/${revision}`;
    return { sector: this.sector, kind, path, id, digest: digestOf(sent), message: sent };
  }

  private formOf({ kind }: Statement): Form {
    const form = FORMS[this.sector].find((each) => each.kind === kind);
    if (!form) throw new RangeError(`no form of ${kind}`);
    return form;
  }

  private remember(statement: Statement): Statement {
    this.told.push(statement);
    if (this.told.length > LAST_TOLD) this.told.shift();
    return statement;
  }
}
