// Real servers for all specs of a run. DATABASE_URL and KAFKA_BROKERS win: then nothing of that kind is started.
import { startKafka, startPostgres } from '../../tools/local/servers.mjs';

/** @type {typeof globalThis & { simpulServers?: { stop(): Promise<void> }[] }} */
const kept = globalThis;

/** Jest calls this once per project that names it. */
export default async function start() {
  if (kept.simpulServers) return;
  const options = { durable: false, progress: (/** @type {string} */ line) => process.stderr.write(`${line}\n`) };
  /** @type {Promise<{ stop(): Promise<void> }>[]} */
  const starts = [];
  if (!process.env['DATABASE_URL'])
    starts.push(
      startPostgres(options).then((it) => {
        process.env['DATABASE_URL'] = it.databaseUrl;
        return it;
      }),
    );
  if (!process.env['KAFKA_BROKERS'])
    starts.push(
      startKafka(options).then((it) => {
        process.env['KAFKA_BROKERS'] = it.brokers;
        return it;
      }),
    );
  kept.simpulServers = await Promise.all(starts);
}
