import { once } from 'node:events';
import type { ClientBase, PoolClient } from 'pg';
import { from } from 'pg-copy-streams';

export type CopyValue = string | number | bigint | boolean | Buffer | Date | null;

/** Appends rows by COPY; only for tables where nothing can conflict. `target` names table and columns. */
export async function copyRows(client: PoolClient, target: string, rows: readonly CopyValue[][]): Promise<void> {
  if (rows.length === 0) return;
  await copyText(client, target, `${rows.map((row) => row.map(toText).join('\t')).join('\n')}\n`);
}

/** Rows in the text form of COPY, ready to be sent. */
export async function copyText(client: ClientBase, target: string, text: string): Promise<void> {
  const stream = client.query(from(`COPY ${target} FROM STDIN`));
  const finished = once(stream, 'finish');
  stream.end(text);
  await finished;
}

function toText(value: CopyValue): string {
  if (value === null) return '\\N';
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value.replace(/[\\\t\n\r]/gu, escapeCharacter) : String(value);
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escapeCharacter = (character: string): string => ESCAPES[character] ?? character;
