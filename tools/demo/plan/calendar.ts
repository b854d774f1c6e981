import { dayPlus, FIRST_DAY } from '../population/day.js';
import type { Population } from '../population/population.js';
import { dayPushes } from './day-pushes.js';
import { delayOf } from './mischief.js';
import type { Push } from './push.js';

export interface PlannedDay {
  day: string;
  pushes: Push[];
}

/** Day after day without end: what happened on it, and what comes late from the days before. */
export function* calendar(seed: number, population: Population): Generator<PlannedDay, never> {
  const later = new Map<number, Push[]>();
  for (let place = 0; ; place++) {
    const day = dayPlus(FIRST_DAY, place);
    const today: Push[] = [];
    for (const push of dayPushes(seed, population, day)) {
      const delay = delayOf(seed, push);
      if (delay === 0) today.push(push);
      else later.set(place + delay, [...(later.get(place + delay) ?? []), { ...push, mischief: 'late' }]);
    }
    yield { day, pushes: [...today, ...(later.get(place) ?? [])] };
    later.delete(place);
  }
}
