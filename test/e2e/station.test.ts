import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { RUN_RECORD, type RunRecord } from '../../src/station/record.js';
import { ROOT } from '../house/source.js';
import { inProcess } from './in-process.js';
import { killStrays, Program } from './program.js';

const QUICK = join(ROOT, 'fixtures/station/quick.yaml');
const folder = mkdtempSync(join(tmpdir(), 'paperjam-station-'));
let runs = 0;

/** The emulated printer; or, when the environment names one, a real one at a serial path or `tcp://host:port`. */
const PRINTER = process.env.PAPERJAM_PORT || 'emulated';
const DEVICE = process.env.PAPERJAM_DEVICE || 'epson-tm-t88v';

/** Real wires on a machine that may have other things to do: what it measures of itself has wide limits. */
const BUSY = join(folder, 'busy.yaml');
writeFileSync(
  BUSY,
  `${readFileSync(QUICK, 'utf8').replace(/^ {2}latency.*\n.*\n/m, '')}
  latency.idle.p99: { max: 900 }
  latency.load.p99: { max: 900 }
  speed.feed: { min: 150, max: 600 }
  throughput.115200.utilisation: { min: 80, max: 120 }
`,
);

afterEach(killStrays);
afterAll(() => rmSync(folder, { recursive: true }));

/** `paperjam station` on the emulated printer, with a folder of its own. */
function station(...args: string[]) {
  const out = join(folder, String(++runs));
  const program = new Program(['station', '--printer', 'emulated', '--yes', '--out', out, ...args]);
  return { program, record: () => recordIn(out) };
}

function recordIn(out: string): RunRecord {
  return RUN_RECORD.parse(JSON.parse(readFileSync(join(out, 'record.json'), 'utf8')));
}

describe('paperjam station', () => {
  test('on real wires: passes a quick plan, and keeps the record', async () => {
    const out = join(folder, 'wires');
    const program = new Program([
      'station',
      '--printer',
      PRINTER,
      '--device',
      DEVICE,
      '--plan',
      BUSY,
      '--yes',
      '--out',
      out,
    ]);
    const { code, stdout, stderr } = await program.ended;
    expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`${DEVICE} at ${PRINTER}, wall clock`);
    const { outcome, dut, station: where, phases } = recordIn(out);
    expect({ outcome, profile: dut.profile, clock: where.clock }).toEqual({
      outcome: 'PASS',
      profile: DEVICE,
      clock: 'wall',
    });
    expect(phases).toHaveLength(9);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('PASS');
    expect(readFileSync(join(out, 'junit.xml'), 'utf8')).toMatch(/<testsuites [^>]*failures="0"/);
    const printed = phases.flatMap(({ measurements }) => measurements).find(({ name }) => name === 'endurance.printed');
    expect(printed?.value).toBe(2);
  });

  test('a fault put in beforehand: exit code 1, and what failed', async () => {
    const { program, record } = station('--plan', QUICK, '--fault', 'printer.paper-out:afterMs=0');
    const { code, stdout } = await program.ended;
    expect(code).toBe(1);
    expect(stdout).toContain('status.real-time.4: DLE EOT 4: paper: 72, wanted 12');
    expect(record()).toMatchObject({ outcome: 'FAIL', faults: ['printer.paper-out:afterMs=0'] });
  });

  test('Ctrl-C in the middle: exit code 4, and a whole record', async () => {
    const { program, record } = station();
    await program.says(/Real-time latency/); // It is over, and the next one has begun.
    const { code } = await program.signal('SIGINT');
    expect(code).toBe(4);
    const { outcome, why, phases } = record();
    expect({ outcome, why }).toEqual({ outcome: 'ABORTED', why: 'stopped by SIGINT; 18 of 24 phases not begun' });
    expect(phases.at(-1)).toMatchObject({ name: 'throughput', outcome: 'ABORTED' });
  });

  test('a printer that is not there: a record that says so', async () => {
    const missing = join(folder, 'ttyNOT');
    const program = new Program(['station', '--printer', missing, '--yes', '--out', join(folder, 'not')]);
    const { code, stdout } = await program.ended;
    expect(code).toBe(1);
    expect(stdout).toContain(`link.opens: the line opens: no, wanted yes. There is no serial port ${missing}.`);
  });

  test('in virtual time: the same plan in moments', async () => {
    const { program, record } = station('--virtual', '--device', 'xprinter-xp-58', '--emulate', 'gprinter-gp-58');
    const { code } = await program.ended;
    expect(code).toBe(1);
    const failed = record().phases.flatMap(({ measurements }) =>
      measurements.filter(({ outcome }) => outcome === 'FAIL'),
    );
    expect(failed.map(({ name }) => name)).toEqual([
      'identity.answers',
      'identity.maker',
      'identity.model',
      'buffer.size',
    ]);
  });

  test('what is not accepted is said before anything is begun: exit code 2', async () => {
    const plan = join(folder, 'plan.yaml');
    writeFileSync(plan, 'phases: [latancy]\n');
    for (const [args, words] of [
      [['--plan', plan], 'did you mean latency?'],
      [['--printer', 'com'], '--printer com is no place of a printer'],
      [['--printer', '/dev/null', '--virtual'], '--virtual is for the emulated printer'],
      [['--fault', 'printer.paper-jem'], 'Did you mean printer.paper-jam?'],
      [['--device', 'epson'], 'There is no device profile epson.'],
      [['--baud', '5'], '--baud 5 is no rate'],
    ] as const) {
      const line = ['station', '--printer', 'emulated', '--yes', '--out', join(folder, 'never')];
      const { code, stderr } = await inProcess([...line, ...args]);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) });
    }
  });
});
