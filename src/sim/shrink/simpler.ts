import type { Path } from '../../fixture/reading/place.js';
import { isPlainList, isPlainMap, type Plain, type PlainMap } from './plain-value.js';

/** A place, and what could stand there instead, the simplest first. */
export interface Simpler {
  readonly path: Path;
  readonly values: readonly Plain[];
}

/**
 * Seeds are names: a rounder one is another run. What is expected is not ours to change, nor how long something may take:
 * in less time anything fails.
 */
const LEFT_ALONE = new Set(['title', 'seed', 'expect', 'skip', 'heal', 'withinMs', 'timeLimitMs', 'settleMs']);
const ONE_YUAN = 100;

/** What could be said in a simpler way, beside being left away. A sale that only takes its time is a wait. */
export function simplerOf(plain: PlainMap): Simpler[] {
  const steps = isPlainList(plain.steps) ? plain.steps : [];
  const sales = steps.flatMap((step, i): Simpler[] =>
    isPlainMap(step) && (step.sell ?? step.till) !== undefined
      ? [{ path: ['steps', i], values: [{ wait: SALE_MS }] }]
      : [],
  );
  return [...sales, ...insideOf(plain, [])];
}

/** The same with one wait for each two that follow one another. */
export function joinedWaits(plain: PlainMap): PlainMap[] {
  const steps = isPlainList(plain.steps) ? plain.steps : [];
  const waitOf = (step: Plain | undefined) =>
    isPlainMap(step) && typeof step.wait === 'number' ? step.wait : undefined;
  return steps.flatMap((step, i) => {
    const first = waitOf(step);
    const second = waitOf(steps[i + 1]);
    if (first === undefined || second === undefined) return [];
    return [{ ...plain, steps: [...steps.slice(0, i), { wait: first + second }, ...steps.slice(i + 2)] }];
  });
}

/** As long as a sale with a trouble or two. */
const SALE_MS = 60_000;

function insideOf(value: Plain, path: Path): Simpler[] {
  const key = path.at(-1);
  const own = valuesFor(key, value);
  const inner = isPlainMap(value)
    ? Object.entries(value).flatMap(([name, one]) => (LEFT_ALONE.has(name) ? [] : insideOf(one, [...path, name])))
    : isPlainList(value)
      ? value.flatMap((one, i) => insideOf(one, [...path, i]))
      : [];
  return own.length === 0 ? inner : [{ path, values: own }, ...inner];
}

function valuesFor(key: string | number | undefined, value: Plain): readonly Plain[] {
  if (key === 'when') return value === 'now' ? [] : ['now'];
  if (key === 'does') return value === 'pays' ? [] : ['pays'];
  if (typeof value !== 'number') return [];
  if (key === 'fen') return value === ONE_YUAN ? [] : [ONE_YUAN, ...rounder(value).filter((fen) => fen !== ONE_YUAN)];
  return rounder(value);
}

/**
 * Numbers that are easier to read than this one, the easiest first: fewer figures that count, and of as many the nearer to
 * 0. Each is easier than what it stands for, so that this comes to an end.
 */
export function rounder(value: number): number[] {
  const size = Math.abs(value);
  if (size === 0) return [];
  const sign = Math.sign(value);
  const digit = 10 ** Math.floor(Math.log10(size));
  const all = [0, 1, digit, floored(size / 2, 1), floored(size, 1), ceiled(size, 1), floored(size, 2), ceiled(size, 2)];
  const whole = Number.isInteger(value);
  const easier = all.filter((one) => isEasier(one, size) && (!whole || Number.isInteger(one)));
  const inOrder = [...new Set(easier)].sort((a, b) => (isEasier(a, b) ? -1 : 1));
  return inOrder.map((one) => (one === 0 ? 0 : sign * one));
}

function isEasier(one: number, other: number): boolean {
  const figures = figuresOf(one) - figuresOf(other);
  return figures < 0 || (figures === 0 && one < other);
}

/** How many figures count: 2 of 1,500, none of 0. */
function figuresOf(value: number): number {
  if (value === 0) return 0;
  return (value.toExponential().split('e')[0] ?? '').replace('.', '').length;
}

function floored(value: number, figures: number): number {
  const rounded = Number(value.toPrecision(figures));
  return rounded <= value ? rounded : Number((rounded - unitOf(value, figures)).toPrecision(figures));
}

function ceiled(value: number, figures: number): number {
  const rounded = Number(value.toPrecision(figures));
  return rounded >= value ? rounded : Number((rounded + unitOf(value, figures)).toPrecision(figures));
}

function unitOf(value: number, figures: number): number {
  return 10 ** (Math.floor(Math.log10(value)) - figures + 1);
}
