// Prints an access token, for example for curl: npm run -s token -- <client> [--scope …]
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { requestToken } from '@simpul/access';
import { clientFileOf, findClientFile } from '../source/client-file.js';

function issuerUrl(): string {
  const given = process.env['ISSUER_URL'];
  if (given) return given;
  const local = join('.simpul', 'local.json');
  const { url } = (existsSync(local) ? JSON.parse(readFileSync(local, 'utf8')) : {}) as { url?: string };
  return `${url ?? 'http://127.0.0.1:3000'}/issuer`;
}

async function print(clientId: string, { scope }: { scope?: string[] }): Promise<void> {
  const file = findClientFile(clientId);
  if (!file) {
    const path = clientFileOf(clientId);
    throw new Error(
      `There is no ${path}: register the client with "npm run source -- add ${clientId}" / ` +
        `Tidak ada ${path}: daftarkan klien dengan "npm run source -- add ${clientId}"`,
    );
  }
  const { accessToken } = await requestToken(
    issuerUrl(),
    { clientId, privateJwk: file },
    scope?.join(' ') ?? file.scope ?? '',
  );
  console.log(accessToken);
}

try {
  await new Command('token')
    .description('Print an access token, valid for 300 seconds / Cetak token akses, berlaku 300 detik')
    .argument('<client>')
    .option('--scope <scopes...>', 'default: all scopes of the client / semua cakupan klien')
    .action(print)
    .parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
