import { describe, expect, test } from 'vitest';
import { readPrinterFacts } from '../../src/world/device-facts.js';
import { printerNames } from '../../src/world/devices.js';
import { Program } from './program.js';

const devices = (...args: string[]) => new Program(['devices', ...args]).ended;

describe('paperjam devices', () => {
  test('lists every profile, one on a line', async () => {
    const { code, stdout } = await devices();
    expect(code).toBe(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(printerNames());
  });

  test('says what each is spoken to in, and that nothing proves what a Star has printed', async () => {
    const { stdout } = await devices();
    expect(stdout).toMatch(/^star-mc-print3 .* star-prnt .* gb18030 {4}- {6} cutter$/m);
    expect(stdout).toMatch(/^epson-tm-m30 .* escpos .* GS \( H {2}cutter$/m);
  });

  test('shows one with where its facts come from, and what is assumed', async () => {
    const { stdout } = await devices('sunmi-58');
    expect(stdout).toContain('paper.printableDots: 384\n');
    expect(stdout).toMatch(/^source:\n {2}- \S/m);
    expect(stdout).toMatch(/^assumed:\n {2}- \S/m);
    const { profile, source, assumed } = JSON.parse((await devices('sunmi-58', '--json')).stdout);
    expect({ profile, source, assumed }).toEqual(readPrinterFacts('sunmi-58'));
  });

  test('names those that there are when asked for another', async () => {
    const { code, stderr } = await devices('epson-tm-m31');
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean epson-tm-m30? ');
  });

  test.each(printerNames())('%s says where its facts come from', (name) => {
    expect(readPrinterFacts(name).source.length).toBeGreaterThan(0);
  });
});
