import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt } from '../../../src/bootstrap/build.mjs';
import { ROOT } from '../../../src/sim/planted/build.js';
import { PLANTED_BUGS } from '../../../src/sim/planted/catalogue.js';
import { patched } from '../../../src/sim/planted/patch.js';

const DIST = join(ROOT, 'dist');

beforeAll(() => ensureBuilt(ROOT), 300_000);

describe('the catalogue of planted bugs', () => {
  test('has 25 at least, each with a name of its own, and a sentence that goes on from its name', () => {
    expect(PLANTED_BUGS.length).toBeGreaterThanOrEqual(25);
    expect(new Set(PLANTED_BUGS.map(({ name }) => name)).size).toBe(PLANTED_BUGS.length);
    for (const { name, says, within } of PLANTED_BUGS) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(says, name).toMatch(/^[^A-Z.].+[^.]$/);
      expect(within, name).toBeGreaterThan(0);
    }
  });

  test('no two make the same change', () => {
    const changes = PLANTED_BUGS.map(({ file, edits }) => JSON.stringify([file, edits]));
    expect(new Set(changes).size).toBe(PLANTED_BUGS.length);
  });

  test.each(PLANTED_BUGS)(
    '$name: the program as it is built has the place, once, and can be read with the bug',
    (bug) => {
      const text = patched(bug, DIST);
      const { diagnostics = [] } = ts.transpileModule(text, {
        fileName: bug.file,
        reportDiagnostics: true,
        compilerOptions: { allowJs: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
      });
      expect(diagnostics.map(({ messageText }) => messageText)).toEqual([]);
      for (const { find } of bug.edits)
        expect(text.includes(find) && !bug.edits.some((e) => e.replace.includes(find))).toBe(false);
    },
  );
});
