import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '@simpul/contracts';
import fc from 'fast-check';

import { createCursorSigner } from './cursor.js';

const signer = createCursorSigner(Buffer.alloc(32, 7));
const filter = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer()));
const key = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 });

describe('cursors', () => {
  it('give back the key they were written with', () => {
    fc.assert(
      fc.property(filter, key, (by, last) => {
        expect(signer.read(by, signer.write(by, last))).toEqual(last);
      }),
    );
  });

  it('open nothing once a single character is changed, cut or added', () => {
    const change = fc.record({ at: fc.nat(), to: fc.constantFrom(...'AQz-_0=. é') });
    fc.assert(
      fc.property(filter, key, change, (by, last, { at, to }) => {
        const cursor = signer.write(by, last);
        const place = at % cursor.length;
        const changed = cursor.slice(0, place) + to + cursor.slice(place + 1);
        fc.pre(changed !== cursor);
        expect(signer.read(by, changed)).toBeUndefined();
        expect(signer.read(by, cursor.slice(0, place))).toBeUndefined();
        expect(signer.read(by, cursor + to)).toBeUndefined();
      }),
    );
  });

  it('open nothing under another filter or key', () => {
    fc.assert(
      fc.property(filter, filter, key, (one, other, last) => {
        fc.pre(canonicalJson(one) !== canonicalJson(other));
        expect(signer.read(other, signer.write(one, last))).toBeUndefined();
        expect(createCursorSigner(Buffer.alloc(32, 8)).read(one, signer.write(one, last))).toBeUndefined();
      }),
    );
  });

  it('open nothing that is any text at all', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(signer.read({}, text)).toBeUndefined();
      }),
    );
  });
});
