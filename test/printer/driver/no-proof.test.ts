import { describe, expect, test } from 'vitest';
import { bench } from '../bench-world.js';
import { WIDE } from '../profiles.js';
import type { ScriptedPrinter } from '../scripted-printer.js';

/** It tells its status when it is asked, and no command makes it say that something has been printed. */
const PROFILE = {
  ...WIDE,
  checkpoint: 'none',
  status: { answersQueued: false, answersIdentity: false, automatic: 'never' },
} as const;

async function world(before?: { readonly line: number; happens(printer: ScriptedPrinter): void }) {
  const made = await bench({}, PROFILE);
  made.clock.advance(1_000);
  if (before !== undefined) made.printer.beforeLine.set(before.line, () => before.happens(made.printer));
  return made;
}

describe('a printer that proves nothing, and tells how it is', () => {
  test('has printed, as far as anybody knows: unconfirmed', async () => {
    const { print, printer } = await world();
    expect(print()).toEqual({ outcome: 'unconfirmed', blocks: 4 });
    expect(printer.printed).toHaveLength(25);
  });

  test.each([
    ['runs out of paper', 'paper-out', (printer: ScriptedPrinter) => printer.paperOut()],
    ['jams', 'mechanical-error', (printer: ScriptedPrinter) => printer.jam()],
    ['is opened', 'cover-open', (printer: ScriptedPrinter) => printer.coverOpen()],
  ])('that %s in the midst of a ticket says so before the time of the ticket is over', async (_, reason, happens) => {
    const { print, printer } = await world({ line: 10, happens });
    // How far it got is not known, and its end was held back.
    expect(print()).toEqual({ outcome: 'partial', block: 0, blocks: 4, reason });
    expect(printer.printed.length).toBeLessThan(25);
  });

  test('that fails with its end under way may have printed it', async () => {
    const { print } = await world({ line: 25, happens: (printer) => printer.jam() });
    expect(print()).toEqual({ outcome: 'unknown', block: 0, blocks: 4, reason: 'mechanical-error' });
  });
});
