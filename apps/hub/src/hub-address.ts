const HOST = /^[a-z0-9.-]{1,253}(:\d{1,5})?$/iu;
const LOOPBACK = /^(127\.0\.0\.1|localhost)(:|$)/iu;

/** The address under which the reader reached the hub, for commands to copy. A Host that is no plain name is not repeated. */
export function hubAddress(host = ''): string {
  if (!HOST.test(host)) return 'http://127.0.0.1:3000';
  return `${LOOPBACK.test(host) ? 'http' : 'https'}://${host}`;
}
