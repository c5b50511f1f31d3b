import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlantedBug } from '../../../src/sim/planted/bug.js';
import { patched } from '../../../src/sim/planted/patch.js';

const BUG: PlantedBug = {
  name: 'wrong-change',
  says: 'too little is given back',
  file: 'shop/till.js',
  edits: [
    { find: 'paid - price', replace: 'paid - price - 1' },
    { find: 'const tip = 0;', replace: '' },
  ],
  within: 1,
};

let dist: string;

beforeEach(() => {
  dist = mkdtempSync(join(tmpdir(), 'planted-'));
  mkdirSync(join(dist, 'shop'));
});
afterEach(() => rmSync(dist, { recursive: true, force: true }));

const built = (text: string) => writeFileSync(join(dist, 'shop/till.js'), text);

describe('a bug as a patch', () => {
  test('changes each of its places, and nothing else', () => {
    built('const tip = 0;\nexport const back = paid - price;\n');
    expect(patched(BUG, dist)).toBe('\nexport const back = paid - price - 1;\n');
  });

  test('has a dollar in it as it stands', () => {
    built('a = 1;');
    expect(patched({ ...BUG, edits: [{ find: '1', replace: '$&$1$$' }] }, dist)).toBe('a = $&$1$$;');
  });

  test.each([
    ['is gone', 'const tip = 0;', 0],
    ['is there twice', 'const tip = 0; paid - price; paid - price;', 2],
  ])('is refused where its place %s', (_, text, times) => {
    built(text);
    expect(() => patched(BUG, dist)).toThrow(
      expect.objectContaining({
        code: 'PJ_PLANTED',
        message: `The bug wrong-change cannot be planted: "paid - price" occurs ${times} times in dist/shop/till.js, and has to occur once.`,
      }),
    );
  });
});
