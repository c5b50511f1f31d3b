import { z } from 'zod';
import type { Clock } from '../ports/clock.js';
import type { EventCount, FaultSites, Moments, PrinterPart, PrinterSite, Undo } from '../ports/faults.js';
import type { Random } from '../ports/random.js';
import { DAY_MS, WHEN, type When } from './when.js';

/** The one shape of a fault, in a fixture, on the command line and over the API: `{fault, when, for, …attributes}`. */
export interface FaultRecord {
  /** A name of the catalogue. */
  readonly fault: string;
  /** `when` and `for`, which every fault takes, and the fault's own attributes. */
  readonly [field: string]: unknown;
}

/** The fields that every fault takes beside its own attributes. */
export const FAULT_FRAME = {
  when: WHEN.optional().describe('when it begins; each fault has its usual moment'),
  for: z
    .number()
    .min(0)
    .max(DAY_MS)
    .optional()
    .describe('how many milliseconds it lasts; until cleared if nothing is said'),
};

export type FaultFrame = Readonly<z.infer<z.ZodObject<typeof FAULT_FRAME>>>;

/** What a fault's code is given to work with. */
export interface FaultGround {
  readonly sites: FaultSites;
  readonly clock: Clock;
  /** What is left to chance. Each fault that is put in has draws of its own. */
  readonly random: Random;
  /** For places that are absent for a reason which people should know: what is wanting, in their words. */
  readonly wanting?: Partial<Record<keyof FaultSites, string>>;
  /** What the terminal goes through; absent in a world without one. */
  readonly moments?: Moments;
  /** The events of virtual time; absent in a world that has none. */
  readonly events?: EventCount | undefined;
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
  /** It is a condition that the place is in or not: put in twice, it ends with the last of the two. Default `false`. */
  readonly condition?: boolean;
  readonly attributes: Attributes;
  /** Which site has to be there. */
  readonly needs: keyof FaultSites;
  /** Which site has to be there besides, as the attributes have it. */
  alsoNeeds?(attributes: z.infer<Attributes>): keyof FaultSites | undefined;
  /** Which part the printer has to have. */
  readonly part?: PrinterPart;
  /** What else is missing in a world where this is not possible, in words: `customer who can be asked`. */
  lacks?(sites: FaultSites, attributes: z.infer<Attributes>): string | undefined;
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
  if (found === undefined) throw new Error(`the board lets no fault through without ${name}`);
  return found;
}

/** Does it when so many milliseconds have passed: people take their time. The result calls it off. */
export function later({ clock }: FaultGround, afterMs: number, act: () => void): Undo {
  const timer = clock.setTimeout(act, afterMs);
  return () => clock.clearTimeout(timer);
}

/** What makes a fault of a condition that the printer is in while it lasts, and that nothing needs to be said about. */
export function printerCondition(set: (printer: PrinterSite, on: boolean) => void) {
  return {
    condition: true,
    attributes: z.strictObject({}),
    needs: 'printer',
    begin({ sites }: FaultGround): Undo {
      const printer = site(sites, 'printer');
      set(printer, true);
      return () => set(printer, false);
    },
  } as const;
}
