import { beforeEach, expect, test } from 'vitest';
import { Mechanism } from '../../../../src/emulator/printer/mechanism/mechanism.js';
import type {
  FeedOperation,
  LineOperation,
  PaperOperation,
} from '../../../../src/emulator/printer/paper/operations.js';
import { VirtualClock } from '../../../../src/ground/virtual-clock.js';

const LINE: LineOperation = { op: 'line', from: 0, to: 1, items: [], heightDots: 24, feedDots: 30 };
const FEED: FeedOperation = { op: 'feed', from: 1, to: 2, feedDots: 80 };

let clock: VirtualClock;
let out: PaperOperation[];
let idles: number;
let changes: number;
let mechanism: Mechanism;

/** 8 dots a millimetre, 100 mm/s: a dot takes 1.25 ms. */
function make(speedMmPerS = 100): void {
  clock = new VirtualClock();
  out = [];
  idles = 0;
  changes = 0;
  mechanism = new Mechanism({
    clock,
    dpi: 203.2,
    speedMmPerS,
    printed: (operation) => out.push(operation),
    changed: () => changes++,
    idle: () => idles++,
  });
}

beforeEach(() => make());

test('a line takes its feed at the printing speed, a cut 300 ms; then it is idle', () => {
  mechanism.submit(LINE);
  mechanism.submit({ op: 'cut', from: 2, to: 3, kind: 'full' });
  expect(mechanism.busy).toBe(true);
  clock.advance(37.5);
  expect(out).toEqual([LINE]);
  clock.advance(299);
  expect(out).toHaveLength(1);
  expect(idles).toBe(0);
  clock.advance(1);
  expect(out).toHaveLength(2);
  expect([idles, mechanism.busy]).toEqual([1, false]);
});

test('a feed that stalls leaves nothing on the paper, and is an error', () => {
  mechanism.submit(FEED);
  clock.advance(50);
  mechanism.jam(true);
  expect(out).toEqual([]);
  expect(mechanism.condition.mechanicalError).toBe(true);
  mechanism.jam(false);
  mechanism.recover();
  clock.advance(100);
  expect(out).toEqual([FEED]);
});

test('a jam does not keep the cutter from cutting', () => {
  mechanism.jam(true);
  mechanism.submit({ op: 'cut', from: 0, to: 1, kind: 'full' });
  clock.advance(300);
  expect(out).toHaveLength(1);
  expect(mechanism.condition.mechanicalError).toBe(false);
});

test('a line that stalls at its very end is still cut short by a dot, one that stalls at its start has one', () => {
  mechanism.submit(LINE);
  clock.advance(37.4);
  mechanism.jam(true);
  expect(out).toMatchObject([{ inkedDots: 23 }]);
  make();
  mechanism.submit(LINE);
  clock.advance(0.01);
  mechanism.jam(true);
  expect(out).toMatchObject([{ inkedDots: 1 }]);
});

test('a hang stops time for what is under way, whatever happens meanwhile', () => {
  mechanism.submit(LINE);
  clock.advance(10);
  mechanism.hang(true);
  expect(mechanism.busy).toBe(true);
  clock.advance(1_000);
  expect(out).toEqual([]);
  mechanism.hang(false);
  clock.advance(27.4);
  expect(out).toEqual([]);
  clock.advance(0.2);
  expect(out).toEqual([LINE]);
});

test('a cover that opens during a hang cuts the line where the hang had stopped it', () => {
  mechanism.submit(LINE);
  clock.advance(12.5); // 10 dots.
  mechanism.hang(true);
  clock.advance(1_000);
  mechanism.coverOpen(true);
  expect(out).toMatchObject([{ inkedDots: 10 }]);
  mechanism.hang(false);
  mechanism.coverOpen(false);
  clock.advance(37.5);
  expect(out.slice(1)).toEqual([LINE]);
});

test('clearing during a line finishes the line and forgets the rest', () => {
  mechanism.submit(LINE);
  mechanism.submit(FEED);
  clock.advance(10);
  mechanism.clear();
  clock.advance(1_000);
  expect(out).toEqual([LINE]);
  expect(mechanism.busy).toBe(false);
});

test('changes are told once, and only when something changed', () => {
  mechanism.paperOut(true);
  mechanism.paperOut(true);
  mechanism.paperOut(false);
  mechanism.roll.nearEnd(true);
  mechanism.recover();
  expect(changes).toBe(3);
  expect(mechanism.condition.paperNearEnd).toBe(true);
  expect(mechanism.busy).toBe(false); // Near end does not stop it.
});

test('closed: nothing is under way any more', () => {
  mechanism.submit(LINE);
  mechanism.close();
  expect(clock.pending).toBe(0);
  clock.advance(1_000);
  expect(out).toEqual([]);
});
