// Loaded before an app (--import): its clock goes wrong by CLOCK_OFFSET_MS, CLOCK_WRONG_AFTER_MS after its start. Timers
// and the monotonic clock stay as they are, as on a computer whose time is set.
const offset = Number(process.env['CLOCK_OFFSET_MS'] ?? 0);
const after = Number(process.env['CLOCK_WRONG_AFTER_MS'] ?? 0);
const RealDate = Date;
const now = () => RealDate.now() + (performance.now() < after ? 0 : offset);

globalThis.Date = new Proxy(RealDate, {
  apply: () => new RealDate(now()).toString(),
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
