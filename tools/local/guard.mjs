// Runs one server and ends it when whoever started us is gone, however it went: our standard input is a pipe whose
// other end the parent holds, so its death, even by SIGKILL, closes it. We are in a session of our own, so that a
// Ctrl-C reaches the parent alone and the server gets a clean stop.
import { spawn } from 'node:child_process';
import { openSync, rmSync, writeFileSync } from 'node:fs';

/** @type {import('./guarded.mjs').Order} */
const order = JSON.parse(process.argv[2] ?? '{}');
const log = openSync(order.log, 'a');
const child = spawn(order.command, order.args, {
  cwd: order.cwd,
  stdio: ['ignore', log, log],
  ...(order.user && { uid: order.user.uid, gid: order.user.gid }),
});

// The parent may be gone: what cannot be said to it must not end us before the server has.
process.stdout.on('error', () => undefined);
const say = (/** @type {object} */ words) => process.stdout.write(`${JSON.stringify(words)}\n`);

child.on('error', (error) => {
  say({ failed: error.message });
  process.exitCode = 1;
  process.stdin.destroy();
});
child.on('spawn', () => {
  writeFileSync(order.pidFile, JSON.stringify({ server: child.pid, guard: process.pid }));
  say({ pid: child.pid });
});
child.on('exit', (code, signal) => {
  rmSync(order.pidFile, { force: true });
  if (parentGone && order.removeWhenAlone) rmSync(order.removeWhenAlone, { recursive: true, force: true });
  say({ code, signal });
  process.stdin.destroy();
});

let stopping = false;
let parentGone = false;
function stop() {
  if (stopping || child.exitCode !== null || child.signalCode !== null) return;
  stopping = true;
  child.kill(order.stopSignal);
  setTimeout(() => child.kill('SIGKILL'), order.patienceMs).unref();
}

process.stdin.on('data', stop); // any word on it means: stop cleanly
process.stdin.on('end', () => {
  // Whoever asked for the stop may start the server again, with what its folder holds.
  parentGone = !stopping;
  stop();
});
process.stdin.on('error', stop);
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) process.on(signal, stop);
