import { describe, expect, test } from 'vitest';
import { askedLine, endedLines, summaryLines, underWayLine } from '../../src/station/progress.js';
import type { PhaseRecord } from '../../src/station/record.js';
import { HOSTILE, SAMPLE } from './sample.js';

const PLAIN = { colour: false };

function phaseNamed(name: string): PhaseRecord {
  const phase = SAMPLE.phases.find((one) => one.name === name);
  if (phase === undefined) throw new Error(`the sample has no phase ${name}`);
  return phase;
}

describe('a phase that is over', () => {
  test('is a line', () => {
    expect(endedLines(phaseNamed('identity'), { number: 1, of: 10 }, PLAIN)).toEqual([
      'PASS      1/10 Link and identity                  4 passed, 820 ms',
    ]);
  });

  test('says below it what failed, with value and limits', () => {
    expect(endedLines(phaseNamed('throughput'), { number: 4, of: 10 }, PLAIN)).toEqual([
      'FAIL      4/10 Throughput                         2 passed, 2 failed, 1 min 28 s',
      '         throughput.115200: At 115200 baud: 10,911 bytes/s, wanted 11,290 … 11,520 bytes/s. The line stood idle for 5.3 % of the time.',
      '         throughput.utilisation: Line utilisation at 115200 baud: 97.9996 %, wanted ≥ 98 %',
    ]);
  });

  test('says why it broke off', () => {
    expect(endedLines(phaseNamed('power'), { number: 10, of: 10 }, PLAIN)).toEqual([
      'ERROR    10/10 Fault: power                       1 skipped, 20.1 s',
      '         PJ_PRINTER_LINK: There is no way to the printer at /dev/ttyUSB0 (EIO): input/output error',
    ]);
  });

  test('has its outcome in colour where there are colours', () => {
    expect(endedLines(phaseNamed('identity'), { number: 1, of: 10 }, { colour: true })[0]).toMatch(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are what is looked for.
      /^\u001b\[32mPASS {4}\u001b\[0m {2}1\/10 /,
    );
  });

  test('commands no terminal, whatever its words are', () => {
    const lines = endedLines({ ...phaseNamed('hostile'), title: HOSTILE }, { number: 8, of: 10 }, PLAIN);
    expect(lines).toHaveLength(2);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(lines.join('')).not.toMatch(/[\x00-\x1f\u202e]/);
  });
});

describe('a phase under way', () => {
  const phase = { name: 'latency', title: 'Latency of real-time status', number: 3, of: 14 };
  const { measurements } = phaseNamed('status');

  test('shows its place, what was measured, and its time in whole seconds', () => {
    expect(underWayLine({ phase, elapsedMs: 0, measurements: [] }, PLAIN)).toBe(
      ' 3/14 Latency of real-time status, 0 s',
    );
    expect(underWayLine({ phase, elapsedMs: 7_999, measurements }, PLAIN)).toBe(
      ' 3/14 Latency of real-time status, 3 measured, 1 failed, 7 s',
    );
    expect(underWayLine({ phase, elapsedMs: 65_400, measurements: [] }, PLAIN)).toContain(', 1 min 05 s');
  });

  test('shows instead what hands are asked for, and how long they have', () => {
    const asked = { say: 'Open the cover.', leftMs: 26_400 };
    expect(underWayLine({ phase, elapsedMs: 3_600, measurements: [], asked }, PLAIN)).toBe(
      ' 3/14 Open the cover. (27 s)',
    );
    expect(askedLine('Open\nthe cover.', 30_000)).toBe('         asked: Open the cover. (30 s)');
  });

  test('never fills the terminal’s line, also in Chinese', () => {
    for (const title of ['Latency of real-time status', '实时状态的延迟', 'e\u0301'.repeat(40)]) {
      for (const columns of [10, 20, 24, 25, 26]) {
        const line = underWayLine(
          { phase: { ...phase, title }, elapsedMs: 0, measurements: [] },
          { colour: false, columns },
        );
        const wide = [...line].reduce((sum, char) => sum + (char >= '\u4e00' ? 2 : char === '\u0301' ? 0 : 1), 0);
        expect(wide).toBeLessThan(columns);
      }
    }
  });
});

describe('the summary', () => {
  test('says the outcome, the counts, what failed, and where the files are', () => {
    const phases = SAMPLE.phases.filter(({ name }) => name !== 'hostile');
    const files = { record: '/run/record.json', junit: '/run/junit.xml', html: '/run/report.html', attachments: [] };
    expect(summaryLines({ ...SAMPLE, phases }, files, PLAIN)).toEqual([
      '',
      'ERROR    EPSON TM-T88V: 16 passed, 1 marginal, 3 failed, 3 skipped, 5 min 01 s',
      '         The phase “power” ended in an error: there is no way to the printer at /dev/ttyUSB0 (EIO).',
      expect.stringMatching(/^ {9}status\.dle-eot-4: Paper sensors \(DLE EOT 4\): 1e, wanted 12\. Bits 2 and 3: /),
      expect.stringMatching(/^ {9}throughput\.115200: /),
      expect.stringMatching(/^ {9}throughput\.utilisation: /),
      'report   /run/report.html',
      'record   /run/record.json',
      'junit    /run/junit.xml',
    ]);
  });

  test('names no files where none were written', () => {
    const lines = summaryLines({ ...SAMPLE, outcome: 'PASS', why: undefined, phases: [] }, undefined, PLAIN);
    expect(lines).toEqual(['', 'PASS     EPSON TM-T88V: nothing measured, 5 min 01 s']);
  });
});
