import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { PaperjamError } from '../../base/errors.js';

/** The first that was caught. Whoever asked may swallow what it is thrown; the run is worth nothing all the same. */
let caught: PaperjamError | undefined;

/** Whoever takes chance or time from Node instead of what it is handed would make a run that does not repeat. */
function trap(name: string): () => never {
  return () => {
    const error = new PaperjamError('PJ_OUT_OF_REACH', { name });
    caught ??= error;
    throw error;
  };
}

interface Place {
  readonly owner: object;
  readonly key: string;
  /** As it is called in source text. */
  readonly name: string;
}

const placesIn = (owner: object, prefix: string, ...keys: string[]): Place[] =>
  keys.map((key) => ({ owner, key, name: `${prefix}${key}` }));

/** Plain functions; `Date` and `process.hrtime`, which are more than that, stand below. */
const PLACES: readonly Place[] = [
  ...placesIn(Math, 'Math.', 'random'),
  ...placesIn(performance, 'performance.', 'now'),
  ...placesIn(process, 'process.', 'hrtime', 'uptime', 'nextTick'),
  ...placesIn(globalThis, '', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'),
  ...placesIn(crypto.webcrypto, 'crypto.', 'getRandomValues', 'randomUUID'),
];

/** Imported by name almost everywhere, so that the module's own exports have to change. Its getRandomValues is that of webcrypto. */
const CRYPTO: readonly Place[] = placesIn(
  crypto,
  'crypto.',
  'randomBytes',
  'randomFill',
  'randomFillSync',
  'randomInt',
  'randomUUID',
);

/** `new Date(ms)`, `Date.parse` and `Date.UTC` ask no clock. */
function trappedDate(Real: DateConstructor): DateConstructor {
  function TrappedDate(...parts: unknown[]): Date {
    if (new.target === undefined) return trap('Date()')();
    if (parts.length === 0) return trap('new Date()')();
    return Reflect.construct(Real, parts, new.target);
  }
  const statics = { prototype: Real.prototype, now: trap('Date.now'), parse: Real.parse, UTC: Real.UTC };
  // A function can be called with and without `new`, as this type wants; only its statics had to be given to it.
  return Object.assign(TrappedDate, statics) as unknown as DateConstructor;
}

let depth = 0;

/**
 * Plays something while Node's own chance and time are out of reach: whatever asks for them is thrown `PJ_OUT_OF_REACH`, with
 * the name of the function. They are given back afterwards, whatever `play` throws. `play` is synchronous; within another
 * call the traps stand already.
 */
export function withoutChance<T>(play: () => T): T {
  if (depth > 0) return play();
  const restore = setTraps();
  depth++;
  caught = undefined;
  let result: T;
  try {
    result = play();
  } finally {
    depth--;
    restore();
  }
  if (caught !== undefined) throw caught;
  return result;
}

function setTraps(): () => void {
  const undo: (() => void)[] = [];
  const put = (owner: object, key: string, value: unknown) => {
    const own = Object.getOwnPropertyDescriptor(owner, key);
    Object.defineProperty(owner, key, {
      value,
      configurable: true,
      writable: true,
      enumerable: own?.enumerable ?? true,
    });
    undo.push(() => {
      // What was inherited is inherited again.
      if (own === undefined) Reflect.deleteProperty(owner, key);
      else Object.defineProperty(owner, key, own);
    });
  };
  for (const { owner, key, name } of [...PLACES, ...CRYPTO]) put(owner, key, trap(name));
  put(globalThis, 'Date', trappedDate(Date));
  syncBuiltinESMExports();
  return () => {
    for (const one of undo.reverse()) one();
    syncBuiltinESMExports();
  };
}
