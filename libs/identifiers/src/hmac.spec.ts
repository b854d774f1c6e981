import { createHmac } from 'node:crypto';

import { expect, it } from '@jest/globals';
import fc from 'fast-check';

import { createHmac256 } from './hmac.js';
import { pseudonym } from './pseudonym.js';

it('equals createHmac for every key and all parts', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 150 }),
      fc.array(fc.array(part, { maxLength: 4 }), { maxLength: 3 }),
      (key, calls) => {
        const mac = createHmac256(Buffer.from(key));
        for (const parts of calls) {
          const expected = createHmac('sha256', key);
          for (const each of parts) expected.update(each);
          expect(mac(...parts)).toEqual(expected.digest());
        }
      },
    ),
  );
});

it('gives the pseudonym of the documented sample', () => {
  const key = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
  const identifier = 'https://fhir.kemkes.go.id/id/nik|3174095208249001';
  expect(pseudonym(key, identifier)).toBe('JkVzv-RT1KxEebrBUkUtz5HY8oD0WHEDasUA0v68144');
  expect(pseudonym(Buffer.alloc(32), identifier)).not.toBe(pseudonym(key, identifier));
});
