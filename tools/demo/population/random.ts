/** A seeded source of chance: the same seed and label give the same numbers on every machine. */
export interface Chance {
  /** 0 <= number < 1. */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number;
  /** Whether something of this probability happens. */
  happens(probability: number): boolean;
  pick<T>(values: readonly [T, ...T[]]): T;
  /** The index drawn by these weights. */
  weighted(weights: readonly number[]): number;
  /** Approximately normal: the sum of twelve uniform numbers. */
  normal(mean: number, deviation: number): number;
}

/** FNV-1a of a text: spreads labels over the 32-bit seeds. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The generator mulberry32, public domain: 32 bits of state are plenty for invented people. */
export function chanceOf(seed: number, label: string): Chance {
  let state = hashOf(`${seed}/${label}`);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const whole = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    whole,
    happens: (probability) => next() < probability,
    pick: (values) => values[whole(0, values.length - 1)] ?? values[0],
    weighted: (weights) => {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
      const index = weights.findIndex((weight) => (left -= weight) < 0);
      return index === -1 ? weights.length - 1 : index;
    },
    normal: (mean, deviation) => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += next();
      return mean + sum * deviation;
    },
  };
}
