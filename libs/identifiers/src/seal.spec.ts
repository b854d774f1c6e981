import { createPublicKey, randomBytes } from 'node:crypto';

import { beforeAll, describe, expect, it } from '@jest/globals';
import { writeHead } from '@simpul/contracts';
import type { Envelope } from '@simpul/contracts';
import fc from 'fast-check';
import { CompactEncrypt, compactDecrypt } from 'jose';

import { toPrivateKey } from './key-agreement.js';
import { createOpener } from './opener.js';
import { newRegistryKey, readPrivateJwks, toPrivateJwk } from './registry-key.js';
import type { RegistryPrivateKey } from './registry-key.js';
import { bindingOf } from './seal-binding.js';
import { SAMPLE } from './seal-sample.data.js';
import { createSealer } from './sealer.js';

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const privateKey = toPrivateKey(bytes(SAMPLE.registryPrivateKey));
const registryKey: RegistryPrivateKey = { kid: SAMPLE.kid, privateKey, publicKey: createPublicKey(privateKey) };
const opener = createOpener([registryKey]);
const head = JSON.parse(SAMPLE.head) as Envelope;
const sample = `${SAMPLE.head.slice(0, -1)},"data":"${SAMPLE.data}"}`;
const sealer = createSealer({ recipient: () => registryKey });
const reasonOf = (message: string | Buffer): string => {
  const opened = opener.open(Buffer.from(message));
  return opened.ok ? 'opened' : opened.reason;
};

describe('the documented sample', () => {
  it('is sealed byte for byte', () => {
    const drawn = [SAMPLE.ephemeralKey, SAMPLE.contentKey, SAMPLE.iv].map(bytes);
    const fixed = createSealer({ recipient: () => registryKey, random: () => drawn.shift() ?? Buffer.alloc(0) });
    expect(fixed.seal(SAMPLE.head, SAMPLE.payload)).toBe(sample);
  });

  it('opens', () => {
    expect(opener.open(Buffer.from(sample))).toEqual({ ok: true, envelope: head, payload: JSON.parse(SAMPLE.payload) });
  });

  it('opens in jose', async () => {
    const { plaintext, protectedHeader } = await compactDecrypt(SAMPLE.data, privateKey);
    expect(Buffer.from(plaintext).toString()).toBe(SAMPLE.payload);
    expect(protectedHeader).toMatchObject({
      alg: 'ECDH-ES+A256KW',
      enc: 'A256GCM',
      kid: 'registry-test-1',
      evt: '2YvDsYwSw8bENGVgtpkqdg',
    });
  });

  it('is the head that the contracts write', () => {
    expect(writeHead(head)).toBe(SAMPLE.head);
  });
});

const payloads = fc
  .record({
    digest: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array) => Buffer.from(array).toString('base64url')),
    data: fc.dictionary(fc.string(), fc.jsonValue()),
  })
  .map((payload) => JSON.stringify(payload));

describe('sealing and opening', () => {
  it('give back what went in', () => {
    fc.assert(
      fc.property(payloads, (payload) => {
        const opened = opener.open(Buffer.from(sealer.seal(SAMPLE.head, payload)));
        expect(opened.ok && JSON.stringify(opened.payload)).toBe(JSON.stringify(JSON.parse(payload)));
      }),
    );
  });

  it('leave nothing readable', () => {
    const message = sealer.seal(SAMPLE.head, SAMPLE.payload);
    expect(message).not.toContain('3174095208249001');
    expect(Buffer.from(message.split('.').slice(-2)[0] ?? '', 'base64url').toString('latin1')).not.toContain('CONTOH');
  });

  it('agree with jose, in both directions', async () => {
    const message = JSON.parse(sealer.seal(SAMPLE.head, SAMPLE.payload)) as { data: string };
    const { plaintext } = await compactDecrypt(message.data, privateKey);
    expect(Buffer.from(plaintext).toString()).toBe(SAMPLE.payload);
    const foreign = await new CompactEncrypt(Buffer.from(SAMPLE.payload))
      .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid: SAMPLE.kid, evt: bindingOf(SAMPLE.head) })
      .encrypt(registryKey.publicKey);
    expect(reasonOf(`${SAMPLE.head.slice(0, -1)},"data":"${foreign}"}`)).toBe('opened');
  });

  it('draw a new iv for each message and keep the content key', () => {
    const messages = Array.from({ length: 200 }, () => sealer.seal(SAMPLE.head, SAMPLE.payload).split('.'));
    expect(new Set(messages.map((parts) => parts.at(-3))).size).toBe(200);
    expect(new Set(messages.map((parts) => parts.at(-4))).size).toBe(1);
  });
});

describe('a changed message', () => {
  const places = Buffer.byteLength(sample);

  it('is refused, whichever byte it is', () => {
    for (let at = 0; at < places; at += 1) {
      for (const mask of [0x01, 0x20, 0x80]) {
        const changed = Buffer.from(sample);
        changed[at] = (changed[at] ?? 0) ^ mask;
        expect(`${at} ${reasonOf(changed)}`).not.toBe(`${at} opened`);
      }
    }
  });

  it('is refused, whatever the byte becomes, also in text that is not ASCII', () => {
    const message = Buffer.from(sealer.seal(JSON.stringify({ ...head, note: 'Rumah \uFFFD é' }), SAMPLE.payload));
    expect(reasonOf(message)).toBe('opened');
    fc.assert(
      fc.property(fc.nat({ max: message.length - 1 }), fc.nat({ max: 255 }), (at, value) => {
        fc.pre(message[at] !== value);
        const changed = Buffer.from(message);
        changed[at] = value;
        expect(reasonOf(changed)).not.toBe('opened');
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    { subject: 'A'.repeat(43) },
    { time: '2026-11-12T02:14:00.001Z' },
    { type: 'id.simpul.health.immunisation.given.v1' },
    { source: 'urn:simpul:source:another' },
    { receivedtime: '2026-11-15T13:04:03.000Z' },
  ])('is refused with another %j', (change) => {
    const other = JSON.stringify({ ...head, ...change });
    expect(reasonOf(`${other.slice(0, -1)},"data":"${SAMPLE.data}"}`)).toBe('evt');
  });

  it('is refused with the sealed part of another event', () => {
    const other = JSON.parse(
      sealer.seal(JSON.stringify({ ...head, id: 'growth-measurement/2/0' }), SAMPLE.payload),
    ) as { data: string };
    expect(reasonOf(`${SAMPLE.head.slice(0, -1)},"data":"${other.data}"}`)).toBe('evt');
  });

  it('is refused in another spelling of the same JSON', () => {
    expect(reasonOf(sample.replace('":"', '": "'))).toBe('evt');
    expect(reasonOf(`${sample} `)).toBe('envelope');
    expect(reasonOf(sample.replace('health', '\\u0068ealth'))).toBe('evt');
  });

  it('is refused with another spelling of the same bytes', () => {
    const parts = SAMPLE.data.split('.');
    const withPart = (index: number, text: string): string =>
      `${SAMPLE.head.slice(0, -1)},"data":"${parts.map((part, at) => (at === index ? text : part)).join('.')}"}`;
    expect(reasonOf(withPart(4, `${parts[4]?.slice(0, -1)}h`))).toBe('seal');
    expect(reasonOf(withPart(3, `${parts[3]} `))).toBe('seal');
    expect(reasonOf(withPart(3, `${parts[3]}=`))).toBe('seal');
    expect(reasonOf(withPart(1, `${parts[1]?.slice(0, -1)}R`))).toBe('seal');
  });
});

describe('the header of the seal', () => {
  const parts = SAMPLE.data.split('.');
  const header = JSON.parse(Buffer.from(parts[0] ?? '', 'base64url').toString()) as Record<string, unknown>;
  const withHeader = (value: unknown): string => {
    const text = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
    return `${SAMPLE.head.slice(0, -1)},"data":"${[text, ...parts.slice(1)].join('.')}"}`;
  };

  it.each([
    { alg: 'dir' },
    { alg: 'ECDH-ES' },
    { alg: 'none' },
    { enc: 'A128GCM' },
    { enc: 'A256CBC-HS512' },
    { kid: 7 },
    { kid: 'x'.repeat(65) },
    { epk: { kty: 'OKP', crv: 'X25519' } },
    { epk: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) } },
    { epk: { kty: 'OKP', crv: 'X25519', x: 'A'.repeat(43) } },
    { epk: { kty: 'OKP', crv: 'X25519', x: 'B'.repeat(43) } },
    { crit: ['exp'], exp: 1 },
    { zip: 'DEF' },
    { apu: 'QQ' },
    { p2c: 1_000_000 },
  ])('is refused with %j', (change) => {
    expect(reasonOf(withHeader({ ...header, ...change }))).toBe('seal');
  });

  it.each(['null', '[]', '7', '', '{', '{"__proto__":{}}'])('is refused as %s', (text) => {
    expect(reasonOf(withHeader(text))).toBe('seal');
  });

  it('is refused without the binding', () => {
    const { evt: _, ...rest } = header;
    expect(reasonOf(withHeader(rest))).toBe('seal');
  });
});

describe('what is not a message', () => {
  it('is refused and never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (array) => reasonOf(Buffer.from(array)) === 'envelope'));
    const cut = fc.tuple(fc.nat({ max: sample.length }), fc.nat({ max: sample.length }));
    fc.assert(
      fc.property(cut, ([from, to]) => reasonOf(sample.slice(0, from) + sample.slice(to)) !== 'opened' || from === to),
    );
  });

  it.each([
    { time: '2026-11-12' },
    { specversion: '0.3' },
    { subject: 'short' },
    { datacontenttype: 'application/json' },
    { classification: 'secret' },
  ])('is refused with %j in the envelope, though sealed for it', (change) => {
    expect(reasonOf(sealer.seal(JSON.stringify({ ...head, ...change }), SAMPLE.payload))).toBe('envelope');
  });

  it('is refused when it is too long', () => {
    expect(reasonOf(sealer.seal(JSON.stringify({ ...head, note: 'x'.repeat(9_000) }), SAMPLE.payload))).toBe(
      'envelope',
    );
    const data = { digest: 'A'.repeat(43), data: { text: 'x'.repeat(1_000_000) } };
    expect(reasonOf(sealer.seal(SAMPLE.head, JSON.stringify(data)))).toBe('envelope');
  });

  it.each([
    '',
    'null',
    '[]',
    '{"digest":"x","data":{}}',
    `{"digest":"${'A'.repeat(43)}","data":[]}`,
    `{"digest":"${'A'.repeat(43)}"}`,
  ])('is refused with the payload %s', (payload) => {
    expect(reasonOf(sealer.seal(SAMPLE.head, payload))).toBe('seal');
  });

  it('has a head that is an object, or is not sealed', () => {
    expect(() => sealer.seal('', '{}')).toThrow('not a JSON object');
  });
});

describe('keys', () => {
  const [older, newer] = [newRegistryKey('registry-1'), newRegistryKey('registry-2')];
  const message = (key: RegistryPrivateKey): Buffer =>
    Buffer.from(createSealer({ recipient: () => key }).seal(SAMPLE.head, SAMPLE.payload));
  let both: RegistryPrivateKey[] = [];

  beforeAll(() => {
    both = readPrivateJwks({ keys: [newer, older].map(toPrivateJwk) });
  });

  it('open what was sealed before and after a change of keys', () => {
    const opened = createOpener(both);
    expect(opened.open(message(older)).ok).toBe(true);
    expect(opened.open(message(newer)).ok).toBe(true);
  });

  it('are asked for by name when they are not here', () => {
    const opened = createOpener([older]).open(message(newer));
    expect(opened).toEqual({ ok: false, reason: 'unknown-key', kid: 'registry-2', envelope: head });
  });

  it('do not open what another key of the same name sealed', () => {
    const impostor = newRegistryKey('registry-1');
    expect(createOpener([older]).open(message(impostor))).toEqual({ ok: false, reason: 'seal' });
  });

  it('change at once when the recipient does, hourly, and after a number of messages', () => {
    let recipient = older;
    let time = 0;
    const rotating = createSealer({ recipient: () => recipient, now: () => time, maxUses: 3 });
    const wrapped = (): string => rotating.seal(SAMPLE.head, SAMPLE.payload).split('.').at(-4) ?? '';
    const first = wrapped();
    expect([wrapped(), wrapped()]).toEqual([first, first]);
    const second = wrapped();
    expect(second).not.toBe(first);
    time = 3_599_999;
    expect(wrapped()).toBe(second);
    time = 3_600_000;
    const third = wrapped();
    expect(third).not.toBe(second);
    recipient = newer;
    expect(createOpener([newer]).open(Buffer.from(rotating.seal(SAMPLE.head, SAMPLE.payload))).ok).toBe(true);
  });

  it('are not mixed up when many senders alternate', () => {
    const opened = createOpener(both);
    const sealers = Array.from({ length: 20 }, (_, index) =>
      createSealer({ recipient: () => both[index % 2] ?? older }),
    );
    fc.assert(
      fc.property(fc.nat({ max: 19 }), (index) => {
        const nonce = randomBytes(8).toString('hex');
        const payload = JSON.stringify({ digest: 'A'.repeat(43), data: { nonce } });
        const result = opened.open(Buffer.from(sealers[index]?.seal(SAMPLE.head, payload) ?? ''));
        expect(result).toMatchObject({ ok: true, payload: { data: { nonce } } });
      }),
    );
  });
});
