import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { verdictOf } from '../../src/terminal/verdict/verdict.js';
import { printerNames, printerProfileJsonSchema, readPrinterProfile } from '../../src/world/devices.js';
import { whenSettled } from '../../src/world/settled.js';
import { createSimulation } from '../../src/world/simulated.js';
import { EMULATED } from './emulated-names.js';

const FOLDER = new URL('../../devices/printers/', import.meta.url);

test('the models that must be there are there', () => {
  expect(printerNames()).toEqual(
    expect.arrayContaining([
      'bixolon-srp-350',
      'brother-rj-3150',
      'brother-td-2120n',
      'citizen-ct-s2000',
      'custom-q3x',
      'custom-tg2460h',
      'daruma-dr800',
      'epson-tm-m30',
      'epson-tm-t20iii',
      'epson-tm-t88v',
      'epson-tm-t88vi',
      'epson-tm-u220',
      'gprinter-gp-58',
      'star-mc-print2',
      'star-mc-print3',
      'star-tsp143',
      'star-tsp654ii',
      'sunmi-58',
      'tanca-tp-650',
      'xprinter-xp-58',
      'xprinter-xp-80',
    ]),
  );
});

const REAL_ONLY = printerNames().filter((name) => !EMULATED.includes(name));

describe.each(printerNames())('%s', (name) => {
  test('says where its facts come from, and what is assumed', () => {
    const file = parse(readFileSync(new URL(`${name}.yaml`, FOLDER), 'utf8'));
    expect([file.source].flat().length).toBeGreaterThan(0);
    expect([file.assumed].flat().length).toBeGreaterThan(0);
  });

  test('has as many columns as its dots hold, and dots that lie on its paper', () => {
    const { columns, paper, language } = readPrinterProfile(name);
    // Font A is 12 dots wide; a Brother's narrowest pitch is 15 characters to the inch.
    const pitch = language === 'brother' ? paper.dpi / 15 : 12;
    expect(columns).toBe(Math.floor(paper.printableDots / pitch));
    expect((paper.printableDots * 25.4) / paper.dpi).toBeLessThan(paper.widthMm);
  });
});

describe.each(EMULATED)('%s, emulated', (name) => {
  test('sells: paid, and the ticket confirmed', async () => {
    const { world, clock } = await createSimulation({ device: name });
    world.start();
    clock.runUntil(() => world.terminal.free);
    const saleId = world.terminal.sell(1_280, { code: world.people.codeOf({ behaviour: 'pays' }) });
    let settled = false;
    whenSettled(world, saleId, 600_000, () => {
      settled = true;
    });
    clock.runUntil(() => settled);
    expect(verdictOf(world.terminal.page(saleId))).toMatchObject({ payment: 'paid', ticket: 'printed', final: true });
    expect(world.emulatedPrinter?.counters.droppedBytes).toBe(0);
  });
});

test.each(REAL_ONLY)(
  '%s speaks a language that the emulated printer does not understand, and says so',
  async (name) => {
    await expect(createSimulation({ device: name })).rejects.toThrow(
      new RegExp(`^The printer ${name} speaks .*, and the emulated printer understands ESC/POS only\\.`),
    );
  },
);

test('some of each kind are there', () => {
  expect(EMULATED).toContain('custom-q3x');
  expect(REAL_ONLY).toContain('star-tsp654ii');
});

describe("a profile of one's own", () => {
  function readWith(changes: object) {
    const folder = mkdtempSync(join(tmpdir(), 'paperjam-device-'));
    const file = join(folder, 'mine.yaml');
    const base = parse(readFileSync(new URL('xprinter-xp-58.yaml', FOLDER), 'utf8'));
    writeFileSync(file, JSON.stringify({ ...base, ...changes }));
    try {
      return readPrinterProfile(file);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test('is read', () => {
    expect(readWith({ model: 'MINE' })).toMatchObject({ id: 'mine', model: 'MINE', overrun: 'dropped' });
  });

  test.each([
    [{ overun: 'held' }, 'there is no key overun; did you mean overrun?'],
    [{ flowControl: 'xonxoff' }, /at flowControl: .*"dtr"\|"xon\/xoff".*given: "xonxoff"/],
    [{ paper: { widthMm: 58, printableDots: 384, dpi: 90 } }, /at paper\.dpi: .*>=100 \(given: 90\)/],
    [{ status: { realTime: { 5: { never: 0, always: 0 } } } }, /at status\.realTime/],
    [{ status: { realTime: { 1: { never: 256, always: 0 } } } }, /at status\.realTime\.1\.never: .*<=255/],
    [{ status: { answersRealTime: false } }, /at checkpoint: must be none where status\.answersRealTime is false/],
    [{ checkpoint: 'GS R' }, /at checkpoint: .*"GS \( H"\|"GS r"\|"DLE EOT"\|"none".*given: "GS R"/],
    [{ memory: { macroByte: 1 } }, /at memory: there is no key macroByte; did you mean macroBytes\?/],
  ])('%j is refused with the place, the value and what is allowed', (changes, words) => {
    expect(() => readWith(changes)).toThrow(words);
  });

  test('has a JSON schema, by which editors help', () => {
    expect(printerProfileJsonSchema()).toMatchObject({
      type: 'object',
      additionalProperties: false,
      properties: {
        flowControl: { enum: ['dtr', 'xon/xoff'] },
        paper: { required: ['widthMm', 'printableDots', 'dpi'] },
      },
    });
  });
});
