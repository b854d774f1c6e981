// Takes the place of libs/process/src/crash-point.js in the build for crashes: the process dies, or stands still, by its
// own hand at the N-th time that it passes the point named in CRASH_AT=<point>:<N>[:<ms later>|:freeze].
const [name = '', times = '1', how = ''] = (process.env['CRASH_AT'] ?? '').split(':');
let passed = 0;

/** @param {string} point */
export function crashPoint(point) {
  if (point !== name) return;
  passed += 1;
  if (passed !== Number(times)) return;
  if (how === 'freeze') process.kill(process.pid, 'SIGSTOP');
  else if (how === '') process.kill(process.pid, 'SIGKILL');
  else setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(how));
}
