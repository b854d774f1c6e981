import { until } from '../../../tools/local/guarded.mjs';
import type { App } from '../stack.js';

/** Starts an app from the build for crashes, waits until it died at the point, and lets it come back from the plain build. */
export async function dieAt(
  app: App,
  point: string,
  withinMs: number,
  env: Record<string, string> = {},
): Promise<void> {
  await app.stop();
  const before = app.deaths;
  app.variant = { crashAt: point, env };
  await app.start();
  app.variant = {};
  await until(() => Promise.resolve(app.deaths > before || undefined), {
    withinMs,
    what: `${app.name} died at ${point}`,
  });
}
