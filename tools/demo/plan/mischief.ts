import { chanceOf } from '../population/random.js';
import type { Message, Push } from './push.js';

/** Pushes of one day in the order of sending, in three waves: a later wave goes when the one before has its verdicts. */
export interface DayPlan {
  first: Push[];
  /** Repetitions, revisions and withdrawals of what was sent; the contents in conflict come once the first is applied. */
  second: Push[];
}

const SPECIAL = ['repeated', 'revised', 'withdrawn', 'conflicting', 'out-of-order', 'broken'] as const;

/**
 * Gives a day its share of what really happens: repetitions, revisions in both orders, withdrawals, other content under a
 * used id, and broken messages. Each day has one of each kind at least, so thirty days have plenty of all.
 */
export function withMischief(seed: number, day: string, pushes: readonly Push[]): DayPlan {
  const chance = chanceOf(seed, `mischief ${day}`);
  const plan: DayPlan = { first: [...pushes], second: [] };
  const changeable = pushes.filter(({ path }) => path in CHANGES);
  SPECIAL.forEach((kind, place) => {
    const target = changeable[(place + chance.whole(0, 3)) % Math.max(1, changeable.length)];
    if (target) MAKERS[kind](plan, target, place);
  });
  return plan;
}

type Maker = (plan: DayPlan, target: Push, place: number) => void;

/** A copy under a reference of its own, so that one mischief does not meet another. */
const variant = (target: Push, name: string, changes: Partial<Message> = {}): Push => ({
  ...target,
  message: { ...target.message, reference: `${target.message.reference}-${name}`, ...changes },
});

/** One fact of a message that can be told otherwise. */
const CHANGES: Readonly<Record<string, (message: Message, by: number) => Partial<Message>>> = {
  'growth-measurements': ({ weightKg }, by) => ({ weightKg: Math.round((Number(weightKg) + by * 0.3) * 10) / 10 }),
  'benefit-disbursements': ({ amountRupiah }, by) => ({ amountRupiah: Number(amountRupiah) + by * 1_000 }),
  feedback: (_message, by) => ({ text: `Antrean terlalu panjang, loket ${by}.` }),
};

const changed = ({ path, message }: Push, by = 1): Partial<Message> => CHANGES[path]?.(message, by) ?? {};

const MAKERS: Record<(typeof SPECIAL)[number], Maker> = {
  repeated: ({ second }, target) => second.push({ ...target, mischief: 'repeated' }),
  revised: ({ first, second }, target) => {
    first.push(variant(target, 'r'));
    second.push({ ...variant(target, 'r', { ...changed(target), revision: 1 }), mischief: 'revised' });
  },
  'out-of-order': ({ first, second }, target) => {
    first.push({ ...variant(target, 'o', { ...changed(target), revision: 2 }), mischief: 'out-of-order' });
    second.push({ ...variant(target, 'o', { revision: 1 }), mischief: 'out-of-order' });
  },
  withdrawn: ({ first, second }, target) => {
    first.push(variant(target, 'w'));
    second.push({ ...variant(target, 'w', { withdrawn: true, revision: 1 }), mischief: 'withdrawn' });
  },
  conflicting: ({ first, second }, target) => {
    const other = variant(target, 'c');
    first.push(other);
    const message = { ...other.message, ...changed(target, 2) };
    second.push({ ...other, message, quality: 'conflict', mischief: 'conflicting' });
  },
  broken: ({ first }, target) =>
    first.push({ ...variant(target, 'b', { recordedAt: 'kemarin' }), quality: 'broken', mischief: 'broken' }),
};

/** How many days after it happened a push is sent: a third of what the posyandu writes comes late. */
export function delayOf(seed: number, push: Push): number {
  if (push.path !== 'growth-measurements') return 0;
  const chance = chanceOf(seed, `delay ${push.message.reference}`);
  return chance.happens(0.35) ? chance.whole(1, 7) : 0;
}
