import { BOUNDED, type BoundedName } from '@simpul/database';
import { Setting } from '@simpul/process';

const days = (name: BoundedName): PropertyDecorator => {
  const { env, days: usual, what } = BOUNDED[name];
  const words = { en: `Days that these stay: ${what.en}`, id: `Lama simpan dalam hari: ${what.id}` };
  return Setting({ env, kind: 'whole', min: 1, max: 36_500, default: String(usual), ...words });
};

/** How long what grows is kept, in days. */
export class RetentionConfig implements Record<BoundedName, number> {
  @days('feed')
  feed: number;

  @days('accessEntries')
  accessEntries: number;

  @days('letterBytes')
  letterBytes: number;

  @days('jobs')
  jobs: number;
}
