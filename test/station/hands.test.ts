import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { type HandsAnswer, type HandsRequest, nobody } from '../../src/station/hands.js';
import type { Phase } from '../../src/station/phase.js';
import { phase, virtualRun } from './bench.js';

const OPEN: HandsRequest = {
  say: 'Open the cover.',
  act: (faults) => void faults.put({ fault: 'printer.cover-open', when: 'now' }),
  timeLimitMs: 5_000,
};

/** A phase that asks for one thing, and notes the answer. */
function asks(request: HandsRequest): Phase {
  return {
    name: 'status',
    title: 'asks',
    needs: 'link',
    limitMs: () => 60_000,
    *run(bench) {
      const answer = yield* bench.hands(request);
      bench.results.note(`answer: ${answer}`);
    },
  };
}

describe('hands', () => {
  test('of the emulated printer do what is asked by themselves', async () => {
    const asked: string[] = [];
    let openCovers: number | undefined;
    const { record } = await virtualRun({
      listener: { asked: (name, say, timeLimitMs) => asked.push(`${name}: ${say} ${timeLimitMs}`) },
      phases: () => [asks(OPEN)],
      after: ({ faults }) => {
        openCovers = faults.active().filter(({ fault }) => fault === 'printer.cover-open').length;
      },
    });
    expect(asked).toEqual(['status: Open the cover. 5000']);
    expect(phase(record, 'status').notes).toEqual(['asked: Open the cover.', 'answer: done']);
    expect(openCovers).toBe(1);
  });

  test('cannot do what nobody has told them how', async () => {
    const { record } = await virtualRun({ phases: () => [asks({ say: 'Tear the paper.', timeLimitMs: 5_000 })] });
    expect(phase(record, 'status').notes.at(-1)).toBe('answer: skip');
  });

  test('that take too long are late, and the question is taken back', async () => {
    let active: number | undefined;
    const { record } = await virtualRun({
      phases: () => [asks({ ...OPEN, timeLimitMs: 100 })],
      after: ({ faults, clock }) => {
        clock.advance(10_000);
        active = faults.active().length;
      },
    });
    expect(phase(record, 'status').notes.at(-1)).toBe('answer: late');
    expect(active).toBe(0);
  });

  test('of nobody skip, and not from inside the call', () => {
    const clock = new VirtualClock();
    const answers: HandsAnswer[] = [];
    nobody(clock).ask(OPEN, (answer) => answers.push(answer));
    expect(answers).toEqual([]);
    clock.advance(0);
    expect(answers).toEqual(['skip']);
  });
});

describe('a person who looks at the paper', () => {
  /** A real printer, as far as the station knows: its paper is not seen, and somebody answers. */
  const looked = async (answers: HandsAnswer[]) => {
    const asked: string[] = [];
    const { record } = await virtualRun({
      plan: { phases: ['graphics'] },
      real: (clock) => ({
        idle: undefined,
        ask({ say, kind }, answered) {
          asked.push(`${kind}: ${say}`);
          const answer = answers.shift();
          if (answer !== undefined) clock.setTimeout(() => answered(answer), 2_000);
          return () => {};
        },
      }),
    });
    return { outcome: phase(record, 'graphics').measurements[0], asked: asked.length };
  };

  test('decides', async () => {
    expect(await looked(['yes'])).toMatchObject({ outcome: { outcome: 'PASS', note: 'seen by a person' }, asked: 1 });
    expect(await looked(['no'])).toMatchObject({ outcome: { outcome: 'FAIL' }, asked: 1 });
    expect(await looked(['skip'])).toMatchObject({ outcome: { outcome: 'SKIPPED' }, asked: 1 });
  });

  test('may have it printed once more', async () => {
    expect(await looked(['retry', 'yes'])).toMatchObject({ outcome: { outcome: 'PASS' }, asked: 2 });
    expect(await looked(['retry', 'retry', 'retry', 'retry', 'yes'])).toMatchObject({
      outcome: { outcome: 'SKIPPED' },
      asked: 4,
    });
  });

  test('who says nothing leaves it undecided', async () => {
    expect(await looked([])).toMatchObject({ outcome: { outcome: 'SKIPPED' }, asked: 1 });
  });
});
