import type { z } from 'zod';
import type { Clock } from '../ports/clock.js';
import type { FaultSites, Undo } from '../ports/faults.js';

/**
 * When a fault begins: at once; a time from now; in the n-th line that is printed from now on; when so many more bytes
 * have gone to the printer.
 */
export type When = 'now' | { readonly afterMs: number } | { readonly line: number } | { readonly byte: number };

/** What a fault's code is given to work with. */
export interface FaultGround {
  readonly sites: FaultSites;
  readonly clock: Clock;
}

/** One fault of the catalogue. Each stands in a file of its own, under the place that it strikes. */
export interface Fault<Attributes extends z.ZodObject = z.ZodObject> {
  /** `<place>.<fault>`, as in fixtures and on the command line. */
  readonly name: string;
  readonly title: { readonly zh: string; readonly en: string };
  /** What it does, and what the terminal can see of it. */
  readonly about: string;
  /** When it begins if nothing is said. Default `now`. */
  readonly usually?: When;
  readonly attributes: Attributes;
  /** Which site has to be there. */
  readonly needs: keyof FaultSites;
  /** Begins the fault; the result ends it. */
  begin(ground: FaultGround, attributes: z.infer<Attributes>): Undo;
}

/** Gives a fault's attributes their types. */
export function fault<Attributes extends z.ZodObject>(definition: Fault<Attributes>): Fault {
  // The board parses the attributes with the fault's own schema before it hands them to `begin`.
  return definition as unknown as Fault;
}

/** The site that a fault needs; the board has checked that it is there. */
export function site<K extends keyof FaultSites>(sites: FaultSites, name: K): NonNullable<FaultSites[K]> {
  const found = sites[name];
  if (found === undefined || found === null) throw new Error(`the board lets no fault through without ${name}`);
  return found;
}
