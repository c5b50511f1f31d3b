import { expect, test } from 'vitest';
import { ProcessIds } from '../../src/printer/process-ids.js';

test('process IDs are four characters of 0x20-0x7E, none with bit 4 set, and none comes twice', () => {
  const ids = new ProcessIds('job-1');
  const seen = new Set<number>();
  for (let i = 0; i < 20_000; i++) {
    const id = ids.next();
    for (const shift of [24, 16, 8, 0]) {
      const byte = (id >>> shift) & 0xff;
      expect(byte >= 0x20 && byte <= 0x7e && (byte & 0x10) === 0).toBe(true);
    }
    seen.add(id);
  }
  expect(seen.size).toBe(20_000);
});

test('another life of the driver counts from another place', () => {
  expect(new ProcessIds('job-1 0').next()).not.toBe(new ProcessIds('job-1 1').next());
});
