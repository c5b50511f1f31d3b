import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { openGlyphs } from '../../src/glyphs/glyphs.js';
import { ticketPicture } from '../../src/world/pictures.js';
import { createSimulation } from '../../src/world/simulated.js';

const picture = fileURLToPath(new URL('../../.docs/ticket.png', import.meta.url));

test('the picture in the README is what the program draws (PAPERJAM_UPDATE=1 draws it anew)', async () => {
  const { world, clock } = await createSimulation({ glyphs: openGlyphs() });
  world.start();
  clock.runUntil(() => world.terminal.free);
  const saleId = world.terminal.sell(1_280, { code: world.people.codeOf({ behaviour: 'pays' }) });
  clock.advance(10_000);
  const { png } = ticketPicture(world, saleId);
  if (process.env.PAPERJAM_UPDATE === '1') writeFileSync(picture, png);
  expect(decode(readFileSync(picture))).toEqual(decode(png));
});
