import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt } from '../../../src/bootstrap/build.mjs';
import { ROOT, removePlanted } from '../../../src/sim/planted/build.js';
import { PLANTED_BUGS } from '../../../src/sim/planted/catalogue.js';
import { hunt } from '../../../src/sim/planted/hunt.js';
import { lineOf, plantedRow, plantedSummary } from '../../../src/sim/planted/table.js';

const SECONDS = 300_000;
const OPTIONS = { profile: 'swarm', signal: new AbortController().signal } as const;
const OWN_COPIES = join(ROOT, 'node_modules/.cache/paperjam/planted', String(process.pid));

beforeAll(() => ensureBuilt(ROOT), SECONDS);
afterEach(removePlanted);

function bugCalled(name: string) {
  const bug = PLANTED_BUGS.find((one) => one.name === name);
  if (bug === undefined) throw new Error(`there is no planted bug ${name}`);
  return bug;
}

describe('a hunt', () => {
  test(
    'finds a firmware that takes a buyer who is asked for one who has paid, and shrinks what it found',
    async () => {
      const hunted = await hunt(bugCalled('in-process-is-paid'), OPTIONS);
      const { trail, prey, seeds } = hunted;
      expect(trail?.failure).toMatchObject({ kind: 'safety', oracle: 'true-verdict' });
      expect(seeds).toBe(trail?.seed);
      expect(prey?.faults).toBeLessThanOrEqual(2);
      expect(prey?.yaml).toContain('- sell: {');
      expect(lineOf(plantedRow(hunted))).toMatch(/^\| in-process-is-paid \| \d+ \| true-verdict \| [012] \| \d+ \|$/);
      expect(plantedSummary([hunted])).toMatch(/^1 of 1 found; 1 of them shrunk to 2 faults or fewer/);
      expect(existsSync(OWN_COPIES) && existsSync(join(OWN_COPIES, 'in-process-is-paid'))).toBe(false);
    },
    SECONDS,
  );

  test(
    'keeps of a firmware that takes the key too early what the true one passes, though it refuses that key',
    async () => {
      const { prey } = await hunt(bugCalled('second-press-opens-second-sale'), { ...OPTIONS, profile: 'storm' });
      expect(prey?.fixture.refusals).toBe('passed-over');
      expect(prey?.fixture.steps.filter(({ sell }) => sell !== undefined)).toHaveLength(2);
    },
    SECONDS,
  );

  test(
    'is over after its seeds, with nothing found',
    async () => {
      const bug = { ...bugCalled('in-process-is-paid'), name: 'harmless', edits: [] };
      const hunted = await hunt(bug, { ...OPTIONS, seeds: 3 });
      expect(hunted).toMatchObject({ seeds: 3, trail: undefined, prey: undefined });
      expect(lineOf(plantedRow(hunted))).toBe('| harmless | not in 3 |  |  |  |');
    },
    SECONDS,
  );

  test(
    'that is called off leaves nothing behind',
    async () => {
      const controller = new AbortController();
      const hunted = hunt(bugCalled('in-process-is-paid'), { ...OPTIONS, signal: controller.signal });
      controller.abort('stopped by SIGINT');
      await expect(hunted).rejects.toBe('stopped by SIGINT');
      expect(existsSync(join(OWN_COPIES, 'in-process-is-paid'))).toBe(false);
    },
    SECONDS,
  );
});
