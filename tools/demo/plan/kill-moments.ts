import { type Part, PARTS } from '../../installation/installation.js';
import { chanceOf } from '../population/random.js';

/** What is to be killed, and how often. */
export type Kills = Partial<Record<Part, number>>;

/** A part dies once so many messages were answered. */
export interface KillMoment {
  part: Part;
  at: number;
}

/**
 * Moments spread over a run of so many messages: each part's run is cut into as many stretches as it has kills, with one kill at
 * a drawn place of each. They follow the progress and not the clock, so that the same seed repeats them on any machine.
 */
export function killMoments(seed: number, kills: Kills, messages: number): KillMoment[] {
  return PARTS.flatMap((part) => {
    const chance = chanceOf(seed, `kill ${part}`);
    const times = kills[part] ?? 0;
    const place = (stretch: number): number => 1 + Math.floor(((stretch + chance.next()) * messages) / times);
    return Array.from({ length: times }, (_, stretch) => ({ part, at: place(stretch) }));
  }).toSorted((one, other) => one.at - other.at);
}
