import { describe, expect, it } from '@jest/globals';
import { listVariants } from './variant.js';
import { applyPatch } from './variant-build.js';

const variants = listVariants();

describe('the broken variants', () => {
  it.each(variants)('$code applies to the source as it is now', async ({ patch }) => {
    await expect(applyPatch(patch, '.', '--check')).resolves.toBeUndefined();
  });

  it('are told apart by their codes', () => {
    expect(new Set(variants.map(({ code }) => code)).size).toBe(variants.length);
  });
});
