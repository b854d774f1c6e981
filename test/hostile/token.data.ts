import { CANARY } from './canary.js';
import { json, PATH, type HttpCase, type Theme } from './http-case.js';
import type { TokenName } from './token-set.js';

const none = { status: 401, code: 'token.missing' } as const;
const invalid = { status: 401, code: 'token.invalid' } as const;
const scope = { status: 403, code: 'token.scope' } as const;

const refused: Readonly<Partial<Record<TokenName, { status: number; code: string }>>> = {
  none,
  empty: none,
  words: invalid,
  'alg none': invalid,
  'alg none, signed by nothing, in capitals': invalid,
  'signed with the public key as a secret': invalid,
  'signed by another key under the same id': invalid,
  'signed by a key that it brings along': invalid,
  'signed by a key at an address that it names': invalid,
  'an unknown key id': invalid,
  'a key id that is a path': invalid,
  'a signature cut off': invalid,
  'a signature changed': invalid,
  'claims changed behind the signature': invalid,
  'another issuer': invalid,
  'another audience': invalid,
  'no audience': invalid,
  'an id token': invalid,
  'no type': invalid,
  'a critical header': invalid,
  expired: { status: 401, code: 'token.expired' },
  'not yet valid': invalid,
  'issued in the future': invalid,
  'issued an hour ago for a day': { status: 401, code: 'token.expired' },
  'no end': invalid,
  'an end that is a text': invalid,
  'no source': invalid,
  'an empty source': invalid,
  'a source that is a list': invalid,
  'a source that is no name': invalid,
  'scopes in a list': invalid,
  'no scope': scope,
  'the scope of another sector': scope,
  'a scope that begins like the right one': scope,
  'a scope in capitals': scope,
  'only operations': scope,
  'fourteen thousand characters': invalid,
};

const pushed = (name: string, authorization: string | null, wanted: { status: number; code: string }): HttpCase => ({
  name,
  token: 'none',
  headers: { authorization },
  body: json(),
  ...wanted,
});

const HEADERS: readonly HttpCase[] = [
  pushed('an empty header', '', none),
  pushed('Bearer alone', 'Bearer', none),
  pushed('Basic', 'Basic dXNlcjpwYXNz', none),
  pushed('a token without its scheme', CANARY, none),
  pushed('characters that no token has', `Bearer ${CANARY}"<>`, none),
  pushed('two tokens in one header', `Bearer ${CANARY} ${CANARY}`, none),
  { ...pushed('a token in the address', null, none), path: `${PATH}?access_token=${CANARY}` },
  { ...pushed('a token in a cookie', null, none), headers: { cookie: `token=${CANARY}` } },
];

export const TOKENS: readonly Theme[] = [
  {
    theme: 'tokens',
    cases: Object.entries(refused).map(([name, wanted]) => ({
      name,
      token: name as TokenName,
      body: json(),
      ...wanted,
    })),
  },
  { theme: 'Authorization', cases: HEADERS },
];
