import {
  digestOf,
  eventId,
  explain,
  type FieldError,
  instantMs,
  ProblemError,
  revisionOf,
  SYSTEMS,
  toProblem,
  validatorFor,
} from '@simpul/contracts';
import { nikFindings } from '@simpul/identifiers';
import { GrowthMeasurement } from '../../../apps/adapter-health/src/growth-measurement/growth-measurement.js';

/** The items of one request that were found good, by their ids. */
export type Firsts = Map<string, GrowthMeasurement>;

interface Warning {
  code: string;
  pointer: string;
}

/** One item as it is answered. */
export interface Answered {
  index: number;
  id?: string;
  status: 'would-be-accepted' | 'duplicate' | 'rejected';
  warnings?: Warning[];
  problem?: object;
}

const KIND = 'growth-measurement';
const AHEAD_MS = 5 * 60_000;
const IN_THE_FUTURE = {
  en: 'lies more than 5 minutes ahead of our clock',
  id: 'lebih dari 5 menit di depan jam kami',
};
const NEEDS_REVISION = {
  en: 'a withdrawal needs a revision or recordedAt, so that it outranks what it withdraws',
  id: 'penarikan memerlukan revision atau recordedAt agar mengungguli pernyataan yang ditarik',
};

const fits = validatorFor(GrowthMeasurement) as (value: unknown) => value is GrowthMeasurement;

/** What the adapter says of one item by `?check=only`, by the same rules, written down for this one message alone. */
export function answerItem(value: unknown, index: number, firsts: Firsts): Answered {
  if (!fits(value)) return unfit(value, index);
  const { revision, recordedAt, withdrawn, reference } = value;
  const id = eventId(KIND, reference, revisionOf(value));
  if (withdrawn && revision === undefined && recordedAt === undefined)
    return rejected(index, id, 'validation', [
      { pointer: '/withdrawn', code: 'revision-needed', detail: NEEDS_REVISION },
    ]);
  const ahead = listAhead(value);
  if (ahead.length > 0) return rejected(index, id, 'time.future', ahead);
  const first = firsts.get(id);
  if (!first) {
    firsts.set(id, value);
    return { index, id, status: 'would-be-accepted', warnings: listWarnings(value) };
  }
  if (digestOf(first) !== digestOf(value)) return rejected(index, id, 'event.conflict');
  return { index, id, status: 'duplicate' };
}

const FRAME: ReadonlySet<string> = new Set(['', '/reference', '/revision', '/recordedAt']);
/** A list this long may have been cut before it came to the frame. */
const CUT_AT = 100;

/** With its id where what makes the id is sound. */
function unfit(value: unknown, index: number): Answered {
  const errors = explain(GrowthMeasurement, value);
  const isSound = errors.length < CUT_AT && !errors.some(({ pointer }) => FRAME.has(pointer));
  const { reference = '', ...rest } = isSound ? (value as Partial<GrowthMeasurement>) : {};
  return rejected(index, isSound ? eventId(KIND, reference, revisionOf(rest)) : undefined, 'validation', errors);
}

function rejected(
  index: number,
  id: string | undefined,
  code: 'validation' | 'time.future' | 'event.conflict',
  errors?: FieldError[],
): Answered {
  const problem = toProblem(new ProblemError(code, errors && { errors }), 'id', '');
  return { index, ...(id !== undefined && { id }), status: 'rejected', problem };
}

function listAhead({ measuredAt, recordedAt, revision }: GrowthMeasurement): FieldError[] {
  const latest = Date.now() + AHEAD_MS;
  const errors: FieldError[] = [];
  const look = (name: string, instant: unknown): void => {
    if (typeof instant === 'string' && instantMs(instant) > latest)
      errors.push({ pointer: `/${name}`, code: 'time.future', detail: IN_THE_FUTURE });
  };
  look('measuredAt', measuredAt);
  look('recordedAt', recordedAt);
  look('revision', revision);
  return errors;
}

function listWarnings({ child, recordedAt, measuredAt }: GrowthMeasurement): Warning[] {
  const { identifiers = [], birthDate, sex, motherNik } = child;
  const on = new Date(instantMs(recordedAt ?? measuredAt));
  const warnings: Warning[] = [];
  identifiers.forEach(({ system, value }, place) => {
    if (system !== SYSTEMS.nik) return;
    const pointer = `/child/identifiers/${place}/value`;
    for (const { code } of nikFindings(value, { on, birthDate, sex })) warnings.push({ code, pointer });
    if (birthDate === undefined) warnings.push({ code: 'nik.birth_date_missing', pointer });
  });
  if (motherNik !== undefined)
    for (const { code } of nikFindings(motherNik, { on, sex: 'F' }))
      warnings.push({ code, pointer: '/child/motherNik' });
  return warnings;
}
