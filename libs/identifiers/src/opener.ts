import { isUtf8 } from 'node:buffer';
import { createDecipheriv } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

import { isEnvelope, isPayload } from '@simpul/contracts';
import type { Envelope, Payload } from '@simpul/contracts';

import { createContentKeys } from './content-key.js';
import type { ContentKeys } from './content-key.js';
import type { RegistryPrivateKey } from './registry-key.js';
import { bindingOf, DATA_MEMBER } from './seal-binding.js';
import { readSeal } from './seal-text.js';
import type { Seal } from './seal-text.js';

/**
 * - `envelope`: not a message of ours; its envelope cannot be read
 * - `seal`: the sealed part is malformed, was changed, or holds no payload
 * - `evt`: the sealed part was made for another envelope
 * - `unknown-key`: sealed to a key that is not here; the envelope is readable but unproven
 */
export type Opened =
  | { ok: true; envelope: Envelope; payload: Payload }
  | { ok: false; reason: 'envelope' | 'seal' | 'evt' }
  | { ok: false; reason: 'unknown-key'; kid: string; envelope: Envelope };

export interface Opener {
  /** Never throws, whatever the bytes are. */
  open(message: Buffer): Opened;
}

// A message on the topic is at most 1 MiB; what seals 256 KiB of JSON stays well below.
const MAX_BYTES = 1_048_576;
const MAX_HEAD_BYTES = 8_192;
const CLOSE_BRACE = 0x7d;
const DATA_BYTES = Buffer.from(DATA_MEMBER);

/** Opens what adapters sealed to any of these keys. Content keys are unwrapped once and kept, a bounded number of them. */
export function createOpener(keys: readonly RegistryPrivateKey[]): Opener {
  const contentKeys = createContentKeys(keys);
  return {
    open: (message) => {
      const parts = split(message);
      const envelope = parts && readEnvelope(parts.head);
      return envelope ? openSeal(parts, envelope, contentKeys) : { ok: false, reason: 'envelope' };
    },
  };
}

function openSeal(parts: Parts, envelope: Envelope, contentKeys: ContentKeys): Opened {
  const seal = readSeal(parts.seal);
  if (!seal) return { ok: false, reason: 'seal' };
  if (seal.evt !== bindingOf(parts.head)) return { ok: false, reason: 'evt' };
  const contentKey = contentKeys.find(seal);
  if (contentKey === 'unknown') return { ok: false, reason: 'unknown-key', kid: seal.kid, envelope };
  const payload = contentKey && decrypt(seal, contentKey);
  return payload ? { ok: true, envelope, payload } : { ok: false, reason: 'seal' };
}

interface Parts {
  /** Head bytes closed with a brace, exactly as they were hashed. */
  head: Buffer;
  seal: string;
}

function split(message: Buffer): Parts | undefined {
  if (message.length > MAX_BYTES) return undefined;
  const at = message.lastIndexOf(DATA_BYTES);
  const end = message.length - 2;
  if (at <= 0 || at > MAX_HEAD_BYTES || message.toString('latin1', end) !== '"}') return undefined;
  const head = Buffer.from(message.subarray(0, at + 1));
  head[at] = CLOSE_BRACE;
  return { head, seal: message.toString('latin1', at + DATA_BYTES.length, end) };
}

function readEnvelope(head: Buffer): Envelope | undefined {
  if (!isUtf8(head)) return undefined;
  const envelope = parse(head.toString());
  return isEnvelope(envelope) ? envelope : undefined;
}

function decrypt(seal: Seal, contentKey: KeyObject): Payload | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', contentKey, seal.iv, { authTagLength: 16 });
    decipher.setAAD(Buffer.from(seal.header, 'latin1'));
    decipher.setAuthTag(seal.tag);
    const plain = decipher.update(seal.body);
    decipher.final();
    const payload = isUtf8(plain) ? parse(plain.toString()) : undefined;
    return isPayload(payload) ? payload : undefined;
  } catch {
    // Node says only by throwing that the tag does not fit: here it is an expected outcome.
    return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
