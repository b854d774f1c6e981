import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const GROWTH = 'health.growth.measured';
const KIND = 'apps/adapter-health/src/growth-measurement/growth-measurement.kind.js';

/** Full name of a version of the event type that later builds publish beside version 1. */
export const laterType = (version: number): string => `id.simpul.${GROWTH}.v${version}`;

/**
 * A build of the time to come, made from the plain one: it knows versions 2 to `version` of one event type beside version 1, each with one more
 * optional field, and its adapter publishes the last of them. Its folder.
 */
export function makeLaterBuild(plain: string, version: number): string {
  const build = join('.simpul', 'chaos', `dist-v${version}`);
  rmSync(build, { recursive: true, force: true });
  cpSync(plain, build, { recursive: true });
  change(join(build, 'libs/contracts/src/event-types.js'), (text) => text + moreTypes(version));
  change(join(build, KIND), (text) => publishing(text, version));
  return build;
}

function change(path: string, to: (text: string) => string): void {
  const before = readFileSync(path, 'utf8');
  const after = to(before);
  if (after === before) throw new Error(`nothing to change in ${path}`);
  writeFileSync(path, after);
}

const moreTypes = (version: number): string => `
import { Contract, SameAs } from './field.js';
import { Flag } from './field-decorators.js';
import { fieldsOf } from './field-info.js';
class GrowthMeasuredLater {}
for (const { name } of fieldsOf(growthMeasured.data)) SameAs(growthMeasured.data)(GrowthMeasuredLater.prototype, name);
Flag({ en: 'weighed without clothes', id: 'ditimbang tanpa pakaian', group: 'health', optional: true })(
  GrowthMeasuredLater.prototype, 'unclothed');
Contract('GrowthMeasuredLater', growthMeasured.words)(GrowthMeasuredLater);
for (let version = 2; version <= ${version}; version++) {
  const type = 'id.simpul.${GROWTH}.v' + version;
  const later = { ...growthMeasured, type, version, dataschema: 'urn:simpul:schema:${GROWTH}:' + version, data: GrowthMeasuredLater };
  EVENT_TYPES.push(later);
  byType.set(type, later);
}
`;

const publishing = (text: string, version: number): string =>
  `import { findEventType } from '../../../../libs/contracts/src/index.js';\n${text}`
    .replace('event: growthMeasured,', `event: findEventType('${laterType(version)}'),`)
    .replace('toEvent: toGrowthMeasured,', 'toEvent: toGrowthMeasuredLater,').concat(`
function toGrowthMeasuredLater(message) {
  const { time, data } = toGrowthMeasured(message);
  return { time, data: { ...data, unclothed: true } };
}
`);
