import { PaperjamError } from '../../base/errors.js';
import type { Fixture } from '../../fixture/language/fixture.js';
import type { Path } from '../../fixture/reading/place.js';
import { DELETABLE } from './deletable.js';
import { named } from './names.js';
import { replaced, without } from './paths.js';
import { fixtureOf, plainFixture, tidied } from './plain.js';
import type { PlainMap } from './plain-value.js';
import { joinedWaits, simplerOf } from './simpler.js';

/** How many runs may be made. Runs and not time, so that the same comes out on every machine. */
export interface ShrinkBudget {
  readonly runs: number;
}

/** What is left of a fixture. */
export interface Shrunk extends Size {
  readonly fixture: Fixture;
  readonly runs: number;
  /** Nothing more can be taken from it; else the budget ended first. */
  readonly finished: boolean;
}

/** How large a fixture is: its faults, those that steps put in too, and its steps. */
export interface Size {
  readonly faults: number;
  readonly steps: number;
}

export function sizeOf({ faults, steps }: Fixture): Size {
  return { faults: faults.length + steps.filter(({ fault }) => fault !== undefined).length, steps: steps.length };
}

/**
 * The smallest fixture that still fails, by delta debugging: of its list of faults, its steps, its settings and all that is
 * said in them, halves are taken away, then quarters, down to single ones; then what is left is said in simpler words; and
 * all of it again until nothing more can be taken. `fails` has to be true of `fixture`, and always the same of the same
 * fixture; it is asked about each candidate once. `heard` is told of each that became the smallest so far. Throws
 * `PJ_SHRINK` if it does not fail to begin with.
 */
export function shrink(
  fixture: Fixture,
  fails: (candidate: Fixture) => boolean,
  budget: ShrinkBudget,
  heard: (smallest: Shrunk) => void = () => {},
): Shrunk {
  return new Shrinking(fixture, fails, budget, heard).smallest();
}

class Shrinking {
  readonly #fails: (candidate: Fixture) => boolean;
  readonly #budget: ShrinkBudget;
  readonly #heard: (smallest: Shrunk) => void;
  readonly #known = new Map<string, boolean>();
  #runs = 0;
  #spent = false;
  #plain: PlainMap;
  #fixture: Fixture;

  constructor(
    fixture: Fixture,
    fails: (candidate: Fixture) => boolean,
    budget: ShrinkBudget,
    heard: (smallest: Shrunk) => void,
  ) {
    this.#fails = fails;
    this.#budget = budget;
    this.#heard = heard;
    this.#fixture = fixture;
    // What it stands for is for people; another fixture comes of it.
    const { about: _, cause: __, ...plain } = plainFixture(fixture);
    this.#plain = plain;
  }

  smallest(): Shrunk {
    if (!this.#tries(named(this.#plain))) {
      throw new PaperjamError('PJ_SHRINK', {
        file: 'the fixture',
        problem: this.#spent ? 'it has no runs to try anything' : PASSES,
      });
    }
    for (let before: PlainMap | undefined; before !== this.#plain && !this.#spent; ) {
      before = this.#plain;
      for (const list of DELETABLE) this.#takeFrom(list);
      this.#simplify();
    }
    return this.#asItIs();
  }

  #asItIs(): Shrunk {
    return { fixture: this.#fixture, runs: this.#runs, ...sizeOf(this.#fixture), finished: !this.#spent };
  }

  /** All, halves, quarters, down to one by one; from the end, since what comes behind a failure is mostly not needed. */
  #takeFrom(list: (plain: PlainMap) => Path[]): void {
    for (let size = list(this.#plain).length; size >= 1 && !this.#spent; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let end = list(this.#plain).length; end > 0 && !this.#spent; ) {
        const paths = list(this.#plain);
        const until = Math.min(end, paths.length);
        end = Math.max(until - size, 0);
        this.#tries(tidied(without(this.#plain, paths.slice(end, until))));
      }
    }
  }

  #simplify(): void {
    while (joinedWaits(this.#plain).some((plain) => this.#tries(plain)));
    for (const { path, values } of simplerOf(this.#plain)) {
      for (const value of values) {
        if (this.#spent) return;
        const before = sizeOf(this.#fixture).steps;
        if (!this.#tries(tidied(replaced(this.#plain, path, value)))) continue;
        // Steps that spoke of it are gone too, and the others stand in other places.
        if (before !== sizeOf(this.#fixture).steps) {
          this.#simplify();
          return;
        }
        break;
      }
    }
  }

  /** Whether it fails too; then it is the smallest so far. */
  #tries(plain: PlainMap): boolean {
    const fixture = fixtureOf(plain);
    if (fixture === undefined || this.#spent) return false;
    const canonical = plainFixture(fixture);
    const key = JSON.stringify(canonical);
    const known = this.#known.get(key);
    if (known !== undefined) return false; // Tried, and not taken; or what there is already.
    if (this.#runs >= this.#budget.runs) {
      this.#spent = true;
      return false;
    }
    this.#runs++;
    const failed = this.#fails(fixture);
    this.#known.set(key, failed);
    if (!failed) return false;
    this.#plain = canonical;
    this.#fixture = fixture;
    this.#heard(this.#asItIs());
    return true;
  }
}

const PASSES = 'it does not fail';
