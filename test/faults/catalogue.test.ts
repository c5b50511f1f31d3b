import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FAULT_NAMES, FAULTS } from '../../src/faults/catalogue.js';

describe('the catalogue of faults', () => {
  test('has each fault once', () => {
    expect(new Set(FAULT_NAMES).size).toBe(FAULT_NAMES.length);
  });

  test('is the folder: each fault in a file of its own, named after it, under its place', () => {
    const places = ['printer', 'link', 'network', 'platform', 'scanner', 'customer', 'operator', 'terminal', 'till'];
    const files = places.flatMap((place) =>
      readdirSync(new URL(`../../src/faults/${place}/`, import.meta.url)).map(
        (file) => `${place}.${file.replace('.ts', '')}`,
      ),
    );
    expect([...FAULT_NAMES].sort()).toEqual(files.sort());
  });

  test.each(FAULTS.map((fault) => [fault.name, fault] as const))(
    '%s says in words what it does and how it is seen',
    (_, fault) => {
      expect(fault.title.zh).toMatch(/^\p{Script=Han}+$/u);
      expect(fault.title.en).toMatch(/^[a-z ]+$/);
      expect(fault.about).toMatch(/\. Seen (as|at the next boot(:| as)) .+\.$/);
    },
  );
});
