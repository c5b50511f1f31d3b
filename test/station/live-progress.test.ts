import { describe, expect, test } from 'vitest';
import type { TextStream } from '../../src/report/terminal-text.js';
import { LiveProgress } from '../../src/station/live-progress.js';
import { SAMPLE } from './sample.js';

const ERASE = '\r\u001b[2K';

class Terminal implements TextStream {
  written = '';
  nowMs = 1_000;
  constructor(
    readonly isTTY: boolean,
    readonly columns = 100,
  ) {}

  write(text: string): void {
    this.written += text;
  }

  /** What is seen: each line as it was last written over. */
  get lines(): string[] {
    const seen = this.written
      .split('\n')
      .map((line) => line.slice(line.lastIndexOf(ERASE) + 1).replace('\u001b[2K', ''));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are not seen as letters.
    return seen.map((line) => line.replace(/\u001b\[\d+m/g, ''));
  }

  show(env: Record<string, string> = {}): LiveProgress {
    return new LiveProgress({ stream: this, now: () => this.nowMs, env });
  }
}

function runTwoPhases(terminal: Terminal, progress: LiveProgress): void {
  SAMPLE.phases.slice(0, 2).forEach(({ name, title, measurements, ...rest }, i) => {
    progress.phaseBegun({ name, title, number: i + 1, of: 2 });
    for (const measurement of measurements) {
      terminal.nowMs += 1_000;
      progress.tick();
      progress.measured(name, measurement);
    }
    progress.phaseEnded({ name, title, measurements, ...rest });
  });
  progress.ended({ ...SAMPLE, phases: SAMPLE.phases.slice(0, 2) });
}

describe('progress on a terminal', () => {
  test('is one line that changes, below those that stay', () => {
    const terminal = new Terminal(true);
    const progress = terminal.show();
    progress.phaseBegun({ name: 'a', title: 'Link and identity', number: 1, of: 2 });
    expect(terminal.lines).toEqual(['1/2 Link and identity, 0 s']);
    terminal.nowMs += 2_500;
    progress.tick();
    expect(terminal.lines).toEqual(['1/2 Link and identity, 2 s']);
    const [phase] = SAMPLE.phases;
    if (phase !== undefined) progress.phaseEnded(phase);
    expect(terminal.lines).toEqual(['PASS     1/2 Link and identity                  4 passed, 820 ms', '']);
  });

  test('is written only when it looks different', () => {
    const terminal = new Terminal(true);
    const progress = terminal.show();
    progress.phaseBegun({ name: 'a', title: 'A', number: 1, of: 1 });
    const { written } = terminal;
    for (let i = 0; i < 9; i++) {
      terminal.nowMs += 100;
      progress.tick();
    }
    expect(terminal.written).toBe(written);
  });

  test('counts down while hands are asked, and goes on when something is known', () => {
    const terminal = new Terminal(true);
    const progress = terminal.show();
    progress.phaseBegun({ name: 'cover', title: 'Fault: cover open', number: 1, of: 1 });
    progress.asked('cover', 'Open the cover.', 30_000);
    terminal.nowMs += 10_000;
    progress.tick();
    expect(terminal.lines).toEqual(['         asked: Open the cover. (30 s)', '1/1 Open the cover. (20 s)']);
    progress.noted();
    expect(terminal.lines.at(-1)).toBe('1/1 Fault: cover open, 10 s');
  });

  test('gets out of the way of others who write', () => {
    const terminal = new Terminal(true);
    const progress = terminal.show();
    progress.phaseBegun({ name: 'a', title: 'A', number: 1, of: 1 });
    progress.pause();
    expect(terminal.lines).toEqual(['']);
    terminal.write('somebody else\n');
    progress.tick();
    expect(terminal.lines).toEqual(['somebody else', '1/1 A, 0 s']);
  });

  test('is in colour, but not with NO_COLOR', () => {
    const coloured = new Terminal(true);
    runTwoPhases(coloured, coloured.show({ NO_COLOR: '' }));
    expect(coloured.written).toContain('\u001b[31mFAIL    \u001b[0m');
    const plain = new Terminal(true);
    runTwoPhases(plain, plain.show({ NO_COLOR: '1' }));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what must not be there.
    expect(plain.written).not.toMatch(/\u001b\[\d+m/);
    expect(plain.lines).toEqual(coloured.lines);
  });
});

describe.each([
  ['a pipe', new Terminal(false), {}],
  ['a terminal that can do nothing', new Terminal(true), { TERM: 'dumb' }],
])('progress on %s', (_, terminal, env) => {
  test('is whole lines without any command to a terminal', () => {
    runTwoPhases(terminal, terminal.show(env));
    expect(terminal.written.split('\n')).toEqual([
      'PASS     1/2 Link and identity                  4 passed, 820 ms',
      'FAIL     2/2 Status queries                     1 passed, 1 failed, 1 skipped, 1.4 s',
      expect.stringMatching(/^ {9}status\.dle-eot-4: /),
      '',
      'ERROR    EPSON TM-T88V: 5 passed, 1 failed, 1 skipped, 5 min 01 s',
      expect.stringMatching(/^ {9}The phase/),
      expect.stringMatching(/^ {9}status\.dle-eot-4: /),
      '',
    ]);
  });
});
