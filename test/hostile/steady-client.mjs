// A client that does nothing wrong, in a process of its own: five pushes a second, each as long as it takes. Told on
// standard input where, with which token and what; ends when that input ends, with a list of what it got.
import { once } from 'node:events';

/** @type {{ url: string, token: string, message: object }} */
const { url, token, message } = await new Promise((told) => {
  process.stdin.once('data', (line) => told(JSON.parse(line.toString())));
});

/** @param {number} n */
async function push(n) {
  const begun = performance.now();
  const after = () => Math.round(performance.now() - begun);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...message, reference: `steady-${n}` }),
      signal: AbortSignal.timeout(20_000),
    });
    const { receipt } = /** @type {{ receipt?: string }} */ (await response.json());
    return { at: Date.now(), status: response.status, ms: after(), receipt };
  } catch {
    return { at: Date.now(), status: 0, ms: after() };
  }
}

/** @type {ReturnType<typeof push>[]} */
const pushes = [];
const timer = setInterval(() => pushes.push(push(pushes.length)), 200);
process.stdin.resume();
await once(process.stdin, 'end');
clearInterval(timer);
process.stdout.write(JSON.stringify(await Promise.all(pushes)));
