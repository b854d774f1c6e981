// Prints an access token, for example for curl: npm run -s token -- <client> [--scope …] [--demo]
import { Command } from 'commander';
import { requestToken } from '@simpul/access';
import { clientFileOf, findClientFile } from '../source/client-file.js';
import { findDemo } from '../source/demo-file.js';

interface Chosen {
  scope?: string[];
  demo?: true;
}

/** Who gives the tokens, and where the clients' files are. */
function whereTo({ demo }: Chosen): { issuer: string; clients?: string } {
  if (!demo) return { issuer: process.env['ISSUER_URL'] ?? 'http://127.0.0.1:3000/issuer' };
  const running = findDemo();
  if (!running)
    throw new Error(
      'No demonstration is running: start one with "npm run demo" / ' +
        'Tidak ada demonstrasi yang berjalan: jalankan "npm run demo"',
    );
  return { issuer: `${running.url}/issuer`, clients: running.clients };
}

async function print(clientId: string, chosen: Chosen): Promise<void> {
  const { issuer, clients } = whereTo(chosen);
  const file = findClientFile(clientId, clients);
  if (!file) {
    const path = clientFileOf(clientId, clients);
    throw new Error(
      `There is no ${path}: register the client with "npm run source -- add ${clientId}" / ` +
        `Tidak ada ${path}: daftarkan klien dengan "npm run source -- add ${clientId}"`,
    );
  }
  const { accessToken } = await requestToken(
    issuer,
    { clientId, privateJwk: file },
    chosen.scope?.join(' ') ?? file.scope ?? '',
  );
  console.log(accessToken);
}

try {
  await new Command('token')
    .description('Print an access token, valid for 300 seconds / Cetak token akses, berlaku 300 detik')
    .argument('<client>')
    .option('--scope <scopes...>', 'default: all scopes of the client / semua cakupan klien')
    .option('--demo', 'of the running demonstration / dari demonstrasi yang sedang berjalan')
    .action(print)
    .parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
