import { hash } from 'node:crypto';

/** What stands between the envelope's attributes and the sealed payload on the wire. */
export const DATA_MEMBER = ',"data":"';

/** The bytes of the envelope's attributes, closed with `}`, as 22 characters that go into the seal. */
export function bindingOf(head: string | Buffer): string {
  const digest = Buffer.from(hash('sha256', head, 'binary'), 'latin1');
  return digest.toString('base64url', 0, 16);
}
