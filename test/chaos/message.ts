import { type Form, formOf, FORMS, type Sector } from './forms.js';
import { digestOf } from './oracle/canonical-json.js';
import type { Random } from './random.js';

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

interface Person {
  nik: string;
  name: string;
  sex: 'F' | 'M';
  birthDate: string;
}

const NIK = 'https://fhir.kemkes.go.id/id/nik';
const NISN = 'urn:id:kemendikdasmen:nisn';
const two = (number: number): string => String(number).padStart(2, '0');

/** Synthetic: serial numbers from 9001 on are given to nobody. Every tenth is a woman who may be somebody's mother. */
export function makePeople(random: Random, count: number): Person[] {
  return Array.from({ length: count }, (_, index) => {
    const isMother = index % 10 === 0;
    const sex = isMother ? 'F' : random.pick(['F', 'M'] as const);
    const year = isMother ? random.whole(1980, 2000) : random.whole(2010, 2024);
    const [month, day] = [random.whole(1, 12), random.whole(1, 28)];
    const nik = `317409${two(sex === 'F' ? day + 40 : day)}${two(month)}${two(year % 100)}${9001 + random.whole(0, 900)}`;
    return { nik, sex, name: `WARGA CONTOH ${index}`, birthDate: `${year}-${two(month)}-${two(day)}` };
  });
}

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
    return this.freshOf(this.random.pick(FORMS[this.sector]));
  }

  private freshOf(form: Form): Statement {
    this.count += 1;
    return this.toStatement(form, this.draft(form, `${this.tag}-${this.sector}-${this.count}`));
  }

  /** Statements that say different things about the same people at the same moment: only their ids tell which counts. */
  tied(count: number): Statement[] {
    const first = this.fresh();
    const form = this.formOf(first);
    const same = ['recordedAt', form.time, 'child', 'mother', 'person', 'pupil', 'recipient', 'family'];
    const shared = Object.fromEntries(same.map((member) => [member, first.message[member]]));
    return Array.from({ length: count }, () => {
      const { message } = this.freshOf(form);
      return this.toStatement(form, { ...message, ...shared });
    });
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
      ...rest({ random, person: () => this.person(), newborn: () => this.newborn() }),
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

  /** A child without any number, known by its mother's. */
  private newborn(): object {
    const { random } = this;
    const mother = random.pick(this.people.filter((_person, index) => index % 10 === 0));
    return {
      name: `BAYI CONTOH ${random.whole(1, 3)}`,
      sex: random.pick(['F', 'M']),
      birthDate: `2025-${two(random.whole(1, 10))}-${two(random.whole(1, 28))}`,
      motherNik: mother.nik,
      birthOrder: random.whole(1, 2),
    };
  }

  private toStatement({ kind, path }: Form, message: Message): Statement {
    // As the wire has it: what is undefined is not sent.
    const sent = JSON.parse(JSON.stringify(message)) as Message;
    const revision = sent.revision ?? (sent.recordedAt === undefined ? 0 : Date.parse(sent.recordedAt));
    const id = `${kind}/${sent.reference}/${revision}`;
    return { sector: this.sector, kind, path, id, digest: digestOf(sent), message: sent };
  }

  private formOf({ kind }: Statement): Form {
    return formOf(this.sector, kind);
  }

  private remember(statement: Statement): Statement {
    this.told.push(statement);
    if (this.told.length > LAST_TOLD) this.told.shift();
    return statement;
  }
}
