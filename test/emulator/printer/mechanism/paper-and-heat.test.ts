import { beforeEach, describe, expect, test } from 'vitest';
import { Mechanism, type MechanismOptions } from '../../../../src/emulator/printer/mechanism/mechanism.js';
import type { LineOperation, PaperOperation } from '../../../../src/emulator/printer/paper/operations.js';
import { VirtualClock } from '../../../../src/ground/virtual-clock.js';

/** 8 dots a millimetre, 100 mm/s: a line of 30 dots is 3.75 mm and takes 37.5 ms. */
const LINE: LineOperation = { op: 'line', from: 0, to: 1, items: [], heightDots: 24, feedDots: 30 };
const CUT: PaperOperation = { op: 'cut', from: 2, to: 3, kind: 'full' };
/** Every dot of the head, for 30 mm. */
const BLACK: LineOperation = {
  ...LINE,
  heightDots: 240,
  feedDots: 240,
  items: [
    {
      kind: 'image',
      x: 0,
      widthDots: 576,
      heightDots: 240,
      scaleX: 1,
      scaleY: 1,
      rows: new Uint8Array(72 * 240).fill(255),
    },
  ],
};

let clock: VirtualClock;
let out: PaperOperation[];
let mechanism: Mechanism;

function make(options: Partial<MechanismOptions> = {}): void {
  clock = new VirtualClock();
  out = [];
  const printed = (operation: PaperOperation) => void out.push(operation);
  const nothing = () => {};
  mechanism = new Mechanism({
    clock,
    dpi: 203.2,
    speedMmPerS: 100,
    printed,
    changed: nothing,
    idle: nothing,
    ...options,
  });
}

function print(lines: number, line = LINE): void {
  for (let n = 0; n < lines; n++) mechanism.submit(line);
}

beforeEach(() => make());

describe('the roll', () => {
  test('near end comes with 3 m left, and printing goes on', () => {
    mechanism.roll.load(3_005);
    print(2);
    clock.advance(37.5);
    expect(mechanism.condition.paperNearEnd).toBe(false);
    clock.advance(37.5);
    expect(mechanism.condition).toMatchObject({ paperNearEnd: true, paperOut: false });
  });

  test('it ends behind the line with which it ends, and the rest comes from the next roll', () => {
    mechanism.roll.load(10);
    print(5);
    clock.advance(1_000);
    expect(out).toEqual([LINE, LINE, LINE]);
    expect(mechanism.condition).toMatchObject({ paperNearEnd: true, paperOut: true });
    mechanism.roll.load(80_000);
    expect(mechanism.condition).toMatchObject({ paperNearEnd: false, paperOut: false });
    clock.advance(1_000);
    expect(out).toHaveLength(5);
  });

  test.each([100, Number.POSITIVE_INFINITY])(
    'where the model says so, it ends at any dot of a line (%s mm/s)',
    (speedMmPerS) => {
      make({ paperEndAt: 'dot', speedMmPerS });
      mechanism.roll.load(10);
      print(3);
      clock.advance(1_000);
      expect(out).toMatchObject([{ feedDots: 30 }, { feedDots: 30 }, { feedDots: 20, inkedDots: 20 }]);
      mechanism.paperOut(false);
      clock.advance(1_000);
      expect(out.slice(3)).toEqual([LINE]);
    },
  );

  test('taken out in the middle of a line: the line is cut short', () => {
    print(2);
    clock.advance(12.5);
    mechanism.paperOut(true, 'dot');
    expect(out).toMatchObject([{ inkedDots: 10 }]);
    mechanism.paperOut(false);
    clock.advance(100);
    expect(out.slice(1)).toEqual([LINE, LINE]);
  });

  test('a model without the sensor never says near end', () => {
    make({ nearEndMm: 0 });
    mechanism.roll.nearEnd(true);
    mechanism.roll.load(10);
    expect(mechanism.condition.paperNearEnd).toBe(false);
  });

  test('without a word about its length it never ends', () => {
    for (let n = 0; n < 30_000; n++) {
      print(1);
      clock.advance(37.6);
    }
    expect(out).toHaveLength(30_000); // 112 m.
    expect(mechanism.condition).toMatchObject({ paperNearEnd: false, paperOut: false });
  });
});

describe('the cutter', () => {
  test('jammed: nothing until the cut, then an error; what stands behind it waits, and the cut is made up for', () => {
    mechanism.cutterJam(true);
    print(1);
    mechanism.submit(CUT);
    print(1);
    clock.advance(1_000);
    expect(out).toEqual([LINE]);
    expect(mechanism.condition.cutterError).toBe(true);
    mechanism.recover();
    expect(mechanism.condition.cutterError).toBe(true); // The cause is still there.
    mechanism.cutterJam(false);
    expect(mechanism.condition.cutterError).toBe(true); // Until somebody asks for recovery.
    mechanism.recover();
    clock.advance(1_000);
    expect(out).toEqual([LINE, CUT, LINE]);
  });

  test('jamming in the middle of a cut is an error at once', () => {
    mechanism.submit(CUT);
    clock.advance(100);
    mechanism.cutterJam(true);
    expect([out.length, mechanism.condition.cutterError]).toEqual([0, true]);
  });

  test('the blade goes home when the printer is switched on: a jam shows then', () => {
    mechanism.cutterJam(true);
    mechanism.power(false);
    expect(mechanism.condition.cutterError).toBe(false);
    mechanism.power(true);
    expect(mechanism.condition.cutterError).toBe(true);
  });
});

describe('heat', () => {
  beforeEach(() => make({ headDots: 576 }));

  test('text never heats the head enough to slow it', () => {
    const text = { kind: 'text' as const, x: 0, text: 'x'.repeat(48), cells: 48, style: 0, advance: 12 };
    print(2_000, { ...LINE, items: [text] });
    clock.advance(2_000 * 37.5 + 0.1);
    expect(out).toHaveLength(2_000);
  });

  test('solid black slows it, then stops it; it goes on by itself when it has cooled', () => {
    print(200, BLACK); // 6 m of black, a minute at full speed.
    clock.advance(15_000);
    const atFullSpeed = out.length;
    expect(atFullSpeed).toBeGreaterThan(40);
    expect(atFullSpeed).toBeLessThan(50); // 50 would have come out at full speed.
    while (!mechanism.condition.overheated) clock.step();
    const stopped = out.length;
    expect(stopped).toBeGreaterThan(55);
    expect(stopped).toBeLessThan(120);
    clock.advance(13_000);
    expect([out.length, mechanism.condition.overheated]).toEqual([stopped, true]);
    clock.advance(1_000);
    expect(mechanism.condition.overheated).toBe(false);
    while (clock.step());
    expect(out).toHaveLength(200);
  });

  test('heated from outside it stays hot for as long as that lasts, and needs time to cool', () => {
    mechanism.heat(true);
    expect(clock.pending).toBe(0);
    clock.advance(3_600_000);
    expect(mechanism.condition.overheated).toBe(true);
    mechanism.heat(false);
    clock.advance(13_000);
    expect(mechanism.condition.overheated).toBe(true);
    clock.advance(1_000);
    expect(mechanism.condition.overheated).toBe(false);
    expect(clock.pending).toBe(0);
  });

  test('needles do not overheat', () => {
    make();
    mechanism.heat(true);
    expect(mechanism.condition.overheated).toBe(false);
  });
});

describe('the feed button', () => {
  test('feeds line by line while it is held, offline, and then goes on with what came meanwhile', () => {
    mechanism.feedButton(true);
    expect(mechanism.condition.feeding).toBe(true);
    expect(mechanism.busy).toBe(true);
    clock.advance(100); // 1/6 inch at 100 mm/s: 42.5 ms a line.
    mechanism.feedButton(false);
    clock.advance(100);
    expect(out).toMatchObject([{ op: 'feed', feedDots: 34 }, { op: 'feed' }, { op: 'feed' }]);
    expect(mechanism.busy).toBe(false);
    expect(clock.pending).toBe(0);
  });

  test('does nothing while a line is printed or the printer is not ready', () => {
    print(1);
    mechanism.feedButton(true);
    clock.advance(1_000);
    expect(out).toEqual([LINE]);
    mechanism.coverOpen(true);
    mechanism.feedButton(true);
    expect(mechanism.condition.feeding).toBe(false);
  });

  test('ends a pause that waits for it, and not one that waits for time', () => {
    mechanism.pause.begin(500, true);
    mechanism.feedButton(true);
    mechanism.feedButton(false);
    clock.advance(499);
    expect(mechanism.pause.on).toBe(true);
    clock.advance(1_000);
    expect([mechanism.pause.on, mechanism.busy]).toEqual([true, true]);
    mechanism.feedButton(true);
    expect([mechanism.pause.on, mechanism.busy, mechanism.condition.feeding]).toEqual([false, false, false]);
  });
});

test('slow: lines and cuts take so many times as long', () => {
  mechanism.pace.slow(4);
  mechanism.submit(LINE);
  mechanism.submit(CUT);
  clock.advance(149);
  expect(out).toHaveLength(0);
  clock.advance(1);
  expect(out).toHaveLength(1);
  clock.advance(1_200);
  expect(out).toHaveLength(2);
});
