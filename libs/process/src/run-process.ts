import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type CustomTransportStrategy } from '@nestjs/microservices';
import { listRoutesWithoutRule } from '@simpul/access';
import { type AppOptions, buildApp } from './create-app.js';
import { Health } from './health.js';
import { Log } from './log.js';
import { Metrics } from './metrics.js';
import { OperatorsListener } from './operators-listener.js';
import { type ListenerSettings } from './process-config.js';

export interface ProcessOptions extends AppOptions {
  config: ListenerSettings;
  /** The Kafka consumer, or how to make it from what the app provides. */
  strategy?: CustomTransportStrategy | ((app: NestFastifyApplication) => CustomTransportStrategy);
  /** Stop on SIGTERM and SIGINT, and end the process; default true. */
  signals?: boolean;
}

export interface RunningProcess {
  app: NestFastifyApplication;
  url: string;
  operatorsUrl: string;
  /** Readiness red, finish what is in work, refuse the rest, close. Within 10 s. */
  close(): Promise<void>;
}

/** From here on connections are cut, ms after the stop began. */
const CUT_AFTER_MS = 8_000;
const EXIT_AFTER_MS = 10_000;

/** Starts an app with its two listeners. With the argument `--check` it is only built, without servers, and the process ends. */
export async function runProcess(options: ProcessOptions): Promise<RunningProcess> {
  const app = await buildApp(options);
  if (process.argv.includes('--check')) endChecked(app);
  const running = await start(app, options);
  if (options.signals !== false) stopOnSignals(running);
  return running;
}

function endChecked(app: NestFastifyApplication): never {
  const open = listRoutesWithoutRule(app);
  process.stdout.write(open.length > 0 ? `Routes without an access rule: ${open.join(', ')}\n` : 'ok\n');
  process.exit(open.length > 0 ? 1 : 0);
}

async function start(app: NestFastifyApplication, options: ProcessOptions): Promise<RunningProcess> {
  const { config, strategy } = options;
  let started = false;
  app.get(Health).register('start', () => ({ ok: started }));
  app.get(Metrics).watchProcess();
  const operatorsUrl = await app
    .get(OperatorsListener)
    .listen(config.operatorsPort, config.operatorsHost ?? '127.0.0.1');
  try {
    if (strategy) {
      const made = typeof strategy === 'function' ? strategy(app) : strategy;
      app.connectMicroservice({ strategy: made }, { inheritAppConfig: true });
    }
    await app.init();
    await app.startAllMicroservices();
    await app.listen(config.publicPort, config.host);
  } catch (error) {
    await stop(app);
    throw error;
  }
  started = true;
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  app.get(Log).info('started', { url, port: Number(new URL(operatorsUrl).port) });
  let closing: Promise<void> | undefined;
  return { app, url, operatorsUrl, close: () => (closing ??= stop(app)) };
}

async function stop(app: NestFastifyApplication): Promise<void> {
  app.get(Health).stop();
  const server = app.getHttpServer();
  // A keep-alive connection that was busy when closing began would hold the server open for over a minute.
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const cut = setTimeout(() => server.closeAllConnections(), CUT_AFTER_MS);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(cut);
    await app.get(OperatorsListener).close();
  }
}

function stopOnSignals(running: RunningProcess): void {
  const log = running.app.get(Log);
  const end = (signal: string, code: number): void => {
    log.info('stopping', { signal });
    setTimeout(() => process.exit(1), EXIT_AFTER_MS).unref();
    running.close().then(
      () => process.exit(code),
      (error: unknown) => {
        log.error('stop.failed', {}, error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => end(signal, 0));
  process.once('uncaughtException', (error) => {
    log.error('uncaught', {}, error);
    end('uncaught', 1);
  });
}
