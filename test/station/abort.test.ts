import { describe, expect, test } from 'vitest';
import { PHASE_NAMES } from '../../src/station/names.js';
import type { PaperExcerpt } from '../../src/station/paper-view.js';
import { RUN_RECORD, type RunRecord } from '../../src/station/record.js';
import { phase, virtualRun } from './bench.js';
import { printNext } from './print-next.js';

const PLAN = {
  latency: { samples: 20, loadSamples: 20 },
  throughput: { rates: [38_400], seconds: 1 },
  endurance: { tickets: 5 },
};

interface Aborted {
  readonly record: RunRecord;
  readonly next: PaperExcerpt;
  readonly virtualMs: number;
}

/** Stops a run so many milliseconds after the beginning of a phase. */
async function aborted(
  device: string,
  name: string,
  afterMs: number,
  faults: { fault: string }[] = [],
): Promise<Aborted> {
  let next: PaperExcerpt | undefined;
  let abort = () => {};
  const { record, virtualMs } = await virtualRun({
    device,
    plan: PLAN,
    faults,
    listener: { phaseBegun: (begun) => begun.name === name && abort() },
    before: (run, { clock }) => {
      abort = () => void clock.setTimeout(() => run.abort('stopped by SIGINT'), afterMs);
    },
    after: (ground) => {
      next = printNext(ground);
    },
  });
  if (next === undefined) throw new Error('nobody came next');
  return { record, next, virtualMs };
}

describe('a run that is stopped', () => {
  test.each(PHASE_NAMES.filter((name) => name !== 'link'))(
    'in %s: its record is whole, and the printer is in order',
    async (name) => {
      for (const device of ['epson-tm-m30', 'xprinter-xp-58']) {
        if (device === 'xprinter-xp-58' && name === 'cutter') continue; // Over at once: it has none.
        const { record, next } = await aborted(device, name, 3);
        expect(RUN_RECORD.parse(record)).toEqual(record);
        const left = PHASE_NAMES.length - 1 - PHASE_NAMES.indexOf(name);
        const notBegun = left === 0 ? '' : `; ${left} of ${PHASE_NAMES.length} phases not begun`;
        expect(record).toMatchObject({ outcome: 'ABORTED', why: `stopped by SIGINT${notBegun}` });
        expect(record.phases.map((one) => one.name)).toEqual(PHASE_NAMES.slice(0, PHASE_NAMES.indexOf(name) + 1));
        expect(phase(record, name).outcome).toBe('ABORTED');
        // Nothing is left that comes out later, and no setting that changes what is printed next.
        expect(next.lines).toEqual(['NEXT']);
        expect(next.items).toMatchObject([{ kind: 'text', x: 0, style: 0 }]);
      }
    },
  );

  test.each([50, 333, 777])('%d ms into the job under which latency is measured', async (afterMs) => {
    for (const device of ['epson-tm-m30', 'sunmi-58', 'gprinter-gp-58']) {
      const { record, next } = await aborted(device, 'latency', afterMs);
      expect(record.outcome).toBe('ABORTED');
      expect(next.lines).toEqual(['NEXT']);
    }
  });

  test('in the middle of a raster: what is left of the command is swallowed, not printed as text', async () => {
    for (const device of ['epson-tm-m30', 'xprinter-xp-80', 'gprinter-gp-58']) {
      const { record, next } = await aborted(device, 'throughput', 500);
      expect(phase(record, 'throughput').outcome).toBe('ABORTED');
      expect(next.lines).toEqual(['NEXT']);
    }
  });

  test('while the printer hangs: it is over soon all the same', async () => {
    const { record, virtualMs } = await aborted('epson-tm-m30', 'status', 700, [{ fault: 'printer.mute' }]);
    expect(record.outcome).toBe('ABORTED');
    expect(virtualMs).toBeLessThan(20_000);
  });

  test('twice: does not wait for the printer', async () => {
    let endedMs = 0;
    const { record } = await virtualRun({
      plan: PLAN,
      before: (run, { clock }) => {
        clock.setTimeout(() => run.abort('first'), 1_000);
        clock.setTimeout(() => run.abort('second'), 1_001);
      },
      after: ({ clock }) => {
        endedMs = clock.now();
      },
    });
    expect(record).toMatchObject({ outcome: 'ABORTED', why: expect.stringMatching(/^first(;|$)/) });
    expect(endedMs - Date.parse(record.startedAt)).toBe(1_001);
  });

  test('after its end: nothing happens', async () => {
    let ended = 0;
    let abort = () => {};
    const { record } = await virtualRun({
      plan: { phases: ['link'] },
      listener: { phaseEnded: () => ended++ },
      before: (run) => {
        abort = () => run.abort('too late');
      },
      after: ({ clock }) => {
        abort();
        clock.advance(60_000);
      },
    });
    expect(record.outcome).toBe('PASS');
    expect(ended).toBe(1);
  });
});

describe('a run to its end', () => {
  test('leaves a printer in order: paper cut off, settings as after switching on, no status unasked, port closed', async () => {
    let next: PaperExcerpt | undefined;
    let last: string | undefined;
    await virtualRun({
      plan: { phases: ['status', 'characters', 'chinese'] },
      after: (ground) => {
        last = ground.paper.since({ pieces: 0, operations: 0 }).operations.at(-1)?.op;
        next = printNext(ground);
      },
    });
    expect(last).toBe('cut');
    expect(next?.lines).toEqual(['NEXT']);
  });
});

describe('a phase that goes wrong', () => {
  const broken = {
    name: 'speed',
    title: 'broken',
    needs: 'link' as const,
    limitMs: () => 1_000,
  };

  test('by an error of the station: its words are kept, and the other phases go on', async () => {
    const { record } = await virtualRun({
      plan: { phases: ['link', 'status'] },
      phases: (usual) => [
        {
          ...broken,
          *run(bench) {
            yield* bench.wait(5);
            throw new Error('no such thing');
          },
        },
        ...usual,
      ],
    });
    expect(record).toMatchObject({ outcome: 'ERROR', why: 'speed: no such thing' });
    expect(record.phases.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['speed', 'ERROR'],
      ['link', 'PASS'],
      ['status', 'PASS'],
    ]);
    expect(phase(record, 'speed').notes).toEqual(['error: no such thing']);
  });

  test('by waiting for ever: it fails when its time is up', async () => {
    let left = false;
    const { record, virtualMs } = await virtualRun({
      plan: { phases: ['link'] },
      phases: (usual) => [
        {
          ...broken,
          *run(bench) {
            try {
              for (;;) yield* bench.wait(10);
            } finally {
              left = true;
            }
          },
        },
        ...usual,
      ],
    });
    expect(left).toBe(true);
    expect(phase(record, 'speed')).toMatchObject({ outcome: 'FAIL', durationMs: 1_000 });
    expect(phase(record, 'speed').measurements).toMatchObject([{ name: 'speed.in-time', note: 'not over after 1 s' }]);
    expect(record.outcome).toBe('FAIL');
    expect(virtualMs).toBeLessThan(3_000);
  });

  test('by measuring the same twice: that is an error of the station', async () => {
    const { record } = await virtualRun({
      plan: { phases: ['link'] },
      phases: () => [
        {
          ...broken,
          *run(bench) {
            const { results } = bench;
            yield* bench.wait(1);
            results.measure({ name: 'speed.feed', title: '' }, 1);
            results.measure({ name: 'speed.feed', title: '' }, 1);
          },
        },
      ],
    });
    expect(record.why).toBe('speed: the station measured speed.feed twice');
  });
});
