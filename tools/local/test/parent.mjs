// A process that holds servers, for specs that end it in every way. Arguments: what to start, as JSON.
import { startKafka, startPostgres, startServers } from '../servers.mjs';

const { what, ...options } = JSON.parse(process.argv[2] ?? '{}');
/** @type {(options: any) => Promise<any>} */
const start = { both: startServers, kafka: startKafka, postgres: startPostgres }[/** @type {'both'} */ (what)];
const started = await start({ durable: false, ...options });
const pids = started.server ? [started.server.pid] : [started.postgresPid, started.kafkaPid];
process.stdout.write(`${JSON.stringify({ pids, databaseUrl: started.databaseUrl })}\n`);
process.stdin.once('data', () => {
  throw new Error('crash, as asked');
});
