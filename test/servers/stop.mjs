/** @type {typeof globalThis & { simpulServers?: { stop(): Promise<void> }[] }} */
const kept = globalThis;

/** Jest calls this once per project that names it. */
export default async function stop() {
  const servers = kept.simpulServers ?? [];
  kept.simpulServers = [];
  await Promise.all(servers.map((server) => server.stop()));
}
