import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import { memoryLinkPair } from '../../../src/links/memory.js';
import type { LineEvent, RecordedEvent } from '../../../src/links/recording/format.js';
import { Comparison, differenceText } from '../../../src/world/replay/comparison.js';
import { Player, type PlayerOptions } from '../../../src/world/replay/player.js';
import { bytesOf, Collector } from '../../links/collector.js';

/** A line with somebody at its other end who notes when what came. */
function stage(options: Partial<PlayerOptions> = {}, baud = 0) {
  const clock = new VirtualClock(0);
  const cable = memoryLinkPair(clock, { baud, address: '/dev/ttyUSB0 at 9600' });
  const came: string[] = [];
  const printer = new Collector();
  printer.after = (event) =>
    event === 'received' && came.push(`${clock.now()} ${Buffer.from(printer.chunks.at(-1) ?? []).toString('latin1')}`);
  cable.device.open(printer);
  clock.advance(0);
  const told: string[] = [];
  const rates: number[] = [];
  let passes = 0;
  const { speed = 1 } = options;
  const comparison = new Comparison((difference) => told.push(differenceText(difference)), speed);
  const player = new Player({
    stage: {
      clock,
      link: cable.host,
      pass: async (ms) => {
        passes++;
        clock.advance(ms);
      },
      rate: (to) => rates.push(to),
      wake() {},
      stopped: false,
    },
    comparison,
    speed,
    patienceMs: 30_000,
    atClose: () => 'send',
    pieceBytes: 1_024,
    aheadBytes: 4_096,
    ...options,
  });
  const play = async (...steps: [number, LineEvent][]) => {
    for (const [atMs, event] of steps) {
      const recorded: RecordedEvent = { ...event, atUs: atMs * 1_000, offset: 0 };
      await player.until(recorded);
      await player.play(recorded);
    }
  };
  return { clock, cable, came, told, comparison, player, play, printer, rates, passes: () => passes };
}

const opened: LineEvent = { kind: 'opened' };
const to = (text: string): LineEvent => ({ kind: 'toPrinter', bytes: bytesOf(text) });
const closed: LineEvent = { kind: 'closed' };
const lost: LineEvent = { kind: 'lost', code: 'lost', message: '/dev/ttyUSB0 is gone' };

describe('bytes go out', () => {
  test('at the times at which they went', async () => {
    const { play, came } = stage();
    await play([5, opened], [1_000, to('Cafe')], [3_500.25, to('12.80')]);
    await play([4_000, closed]);
    expect(came).toEqual(['1000 Cafe', '3500.25 12.80']);
  });

  test('four times as fast, and as fast as can be', async () => {
    const fast = stage({ speed: 4 });
    await fast.play([0, opened], [1_000, to('Cafe')], [3_000, to('12.80')], [4_000, closed]);
    expect(fast.came).toEqual(['250 Cafe', '750 12.80']);
    const all = stage({ speed: Number.POSITIVE_INFINITY });
    await all.play([0, opened], [1_000, to('Cafe')], [3_000_000, to('12.80')], [4_000_000, closed]);
    expect(all.came.map((words) => words.split(' ')[1])).toEqual(['Cafe', '12.80']);
    expect(all.clock.now()).toBeLessThan(1_000);
  });
});

test('a pause of three hundred years is one step while nothing waits', async () => {
  const { play, came, passes } = stage();
  await play([5, opened], [1_000, to('Cafe')], [9e12, to('12.80')], [9e12, closed]);
  expect(came.map((words) => words.split(' ')[1])).toEqual(['Cafe', '12.80']);
  expect(passes()).toBeLessThan(20);
});

test('the rate of the line changes when it did', async () => {
  const { play, rates } = stage();
  await play([0, opened], [10, closed], [10, { kind: 'rate', baud: 9_600 }], [10, opened]);
  expect(rates).toEqual([9_600]);
});

describe('where the line went down', () => {
  test('it does, and comes up again when it did', async () => {
    const { play, came, player } = stage({}, 9_600);
    await play([0, opened], [10, to('x'.repeat(100))], [20, lost]);
    expect(player.up).toBe(false);
    await play([500, opened], [510, to('again')], [600, closed]);
    expect(came.join('')).toMatch(/^\d+(\.\d+)? x{9}\d*(\.\d+)? again$/);
    expect(player.lostBytes).toBe(91);
  });

  test('an attempt that failed then is nothing to play', async () => {
    const { play, player } = stage();
    await play([0, { kind: 'lost', code: 'missing', message: 'no such port' }], [100, opened]);
    expect(player.up).toBe(true);
  });

  test('by being closed, a real printer has everything first', async () => {
    const { play, printer } = stage({ atClose: () => 'send' }, 9_600);
    await play([0, opened], [10, to('x'.repeat(100))], [20, closed]);
    expect(printer.length).toBe(100);
    const emulated = stage({ atClose: () => 'drop' }, 9_600);
    await emulated.play([0, opened], [10, to('x'.repeat(100))], [20, closed]);
    expect(emulated.printer.length).toBe(9);
  });
});

describe('a printer', () => {
  test('that takes nothing for too long is given up, also long before the end', async () => {
    const { play, cable } = stage({ patienceMs: 30_000 }, 9_600);
    await play([0, opened]);
    cable.device.reading(false);
    await expect(play([10, to('Cafe')], [3_600_000, to('an hour later')])).rejects.toThrow(
      'The printer at /dev/ttyUSB0 at 9600 takes nothing any more: for 30 s not one of 4 waiting bytes has left.',
    );
  });

  test('that is slow, but takes bytes, is waited for', async () => {
    const { play, printer } = stage({ patienceMs: 100 }, 300);
    await play([0, opened], [10, to('x'.repeat(2_000))], [20, closed]);
    expect(printer.length).toBe(2_000);
  });

  test('whose cable comes out is named', async () => {
    const { play, cable } = stage();
    await play([0, opened]);
    cable.site.unplug();
    await expect(play([10, to('Cafe')])).rejects.toThrow(
      'There is no way to the printer at /dev/ttyUSB0 at 9600 (lost): /dev/ttyUSB0 at 9600 was unplugged',
    );
  });

  test('that answers a little later than then is listened to before the line is closed', async () => {
    const { play, cable, clock, comparison, told } = stage();
    await play([0, opened], [10, to('\x10\x04\x01')]);
    clock.setTimeout(() => cable.device.write(bytesOf('\x12')), 700);
    await play([12, { kind: 'fromPrinter', bytes: bytesOf('\x12') }], [13, closed]);
    expect(comparison.finish(13)).toMatchObject({ same: 1, different: 0, open: 0 });
    expect(told).toEqual([]);
  });
});
