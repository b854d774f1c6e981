/** Jest calls this once per project that names it. */
export default async function stop() {
  const servers = globalThis.simpulServers ?? [];
  globalThis.simpulServers = [];
  await Promise.all(servers.map((server) => server.stop()));
}
