import { until } from '../../../tools/local/guarded.mjs';
import type { App } from '../stack.js';

export interface Death {
  /** `<point>:<how many times it is passed>` */
  at: string;
  env?: Record<string, string>;
}

/** Runs an app from the build for crashes until it died at each of these points in turn; then it comes back from the plain build. */
export async function dieAt(app: App, deaths: readonly Death[], withinMs: number): Promise<void> {
  await app.stop();
  const before = app.deaths;
  app.variants.push(...deaths.map(({ at, env }) => ({ crashAt: at, env })));
  await app.start();
  for (const [index, { at }] of deaths.entries()) {
    const isDead = () => Promise.resolve(app.deaths > before + index || undefined);
    await until(isDead, { withinMs, what: `${app.name} died at ${at}` });
  }
}
