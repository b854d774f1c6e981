import { child, json, type Theme, withMember } from './http-case.js';

const refused = { status: 400, code: 'body.encoding' } as const;
const text = { status: 400, code: 'json.text' } as const;
const syntax = { status: 400, code: 'json.syntax' } as const;
const taken = { status: 202 } as const;

/** A good message with these bytes inside of the name. */
const named = (...bytes: number[]): Buffer => {
  const [before = '', after = ''] = child({ name: 'CONTOH @' }).split('@');
  return Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
};

/** The name as JSON text, with its escapes as they are. */
const escaped = (name: string): string => child({ name: '@' }).replace('"@"', `"${name}"`);

export const TEXT: Theme = {
  theme: 'bytes and encodings',
  cases: [
    { name: 'a byte order mark', body: Buffer.from(`\ufeff${json()}`), ...refused },
    { name: 'nothing but a byte order mark', body: Buffer.from('\ufeff'), ...refused },
    { name: 'UTF-16 with its mark, little end first', body: Buffer.from(`\ufeff${json()}`, 'utf16le'), ...refused },
    {
      name: 'UTF-16 with its mark, big end first',
      body: Buffer.from(`\ufeff${json()}`, 'utf16le').swap16(),
      ...refused,
    },
    { name: 'UTF-16 without a mark', body: Buffer.from(json(), 'utf16le'), ...syntax },
    { name: 'UTF-32', body: Buffer.from([...json()].flatMap((c) => [0, 0, 0, c.charCodeAt(0)])), ...syntax },
    { name: 'a byte of latin1', body: named(0xe9), ...refused },
    { name: 'a continuation byte alone', body: named(0x80), ...refused },
    { name: 'a sequence that breaks off', body: named(0xe2, 0x82), ...refused },
    { name: 'a body that ends in the middle of a sequence', body: Buffer.from([0x22, 0xf0, 0x9f]), ...refused },
    { name: 'an overlong slash', body: named(0xc0, 0xaf), ...refused },
    { name: 'an overlong NUL', body: named(0xc0, 0x80), ...refused },
    { name: 'a surrogate in UTF-8', body: named(0xed, 0xa0, 0x80), ...refused },
    { name: 'a pair of surrogates in UTF-8 (CESU-8)', body: named(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80), ...refused },
    { name: 'a code point above U+10FFFF', body: named(0xf4, 0x90, 0x80, 0x80), ...refused },
    { name: 'the byte FF', body: named(0xff), ...refused },
    { name: 'a NUL byte in a text', body: named(0), ...syntax },
    { name: 'a NUL byte behind the body', body: Buffer.from(`${json()}\0`), ...syntax },
    { name: 'nothing but NUL bytes', body: Buffer.alloc(64), ...syntax },
    { name: 'an escaped NUL', body: escaped(String.raw`A\u0000B`), ...text },
    { name: 'an escaped NUL in a name of a member', body: withMember(String.raw`"x\u0000":1`), ...text },
    { name: 'a high surrogate alone', body: escaped(String.raw`\ud83d`), ...text },
    { name: 'a low surrogate alone', body: escaped(String.raw`\ude00`), ...text },
    { name: 'surrogates in the wrong order', body: escaped(String.raw`\ude00\ud83d`), ...text },
    { name: 'a lone surrogate in a name of a member', body: withMember(String.raw`"\ud800":1`), ...text },
    { name: 'a line feed in a text', body: named(0x0a), ...syntax },
    { name: 'an escape character of terminals in a text', body: named(0x1b), ...syntax },
    { name: 'the same, escaped: stored, not shown', body: escaped(String.raw`\u001b[2J`), ...taken },
    { name: 'a pair of escaped surrogates', body: escaped(String.raw`\ud83d\ude00`), ...taken },
    { name: 'a name composed (NFC)', body: child({ name: 'André'.normalize('NFC') }), ...taken },
    { name: 'the same name decomposed (NFD)', body: child({ name: 'André'.normalize('NFD') }), ...taken },
    { name: 'writing turned from right to left', body: child({ name: 'CONTOH \u202eUTAS' }), ...taken },
    { name: 'zero-width characters', body: child({ name: 'CON\u200bTOH\u200d \u2060SATU' }), ...taken },
    { name: 'line separators of Unicode', body: child({ name: 'CONTOH\u2028SATU\u2029' }), ...taken },
    { name: 'noncharacters and private use', body: child({ name: '\uffff\ufdd0\ue000' }), ...taken },
    { name: 'fifty marks on one letter', body: child({ name: `Z${'\u0301'.repeat(50)}` }), ...taken },
    { name: 'Javanese and Arabic letters', body: child({ name: 'ꦱꦶꦠꦶ سيتي' }), ...taken },
  ],
};
