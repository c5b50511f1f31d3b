import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { readPrinterProfile } from '../../src/world/devices.js';
import { ROOT } from '../house/source.js';
import { killStrays, Program } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'paperjam-learn-'));
const BASE = join(ROOT, 'devices/printers/epson-tm-t88v.yaml');
let runs = 0;

afterEach(killStrays);
afterAll(() => rmSync(folder, { recursive: true }));

function station(...args: string[]) {
  const out = join(folder, String(++runs));
  return new Program(['station', '--virtual', '--yes', '--out', out, ...args]).ended;
}

describe('paperjam station --learn', () => {
  test('writes the profile of the printer that it has found, and the printer passes by it', async () => {
    const real = join(folder, 'real.yaml');
    writeFileSync(
      real,
      readFileSync(BASE, 'utf8')
        .replace('speedMmPerS: 300', 'speedMmPerS: 220')
        .replace('receiveBufferBytes: 4096', 'receiveBufferBytes: 2048')
        .replace('model: TM-T88V', 'model: TM-T99'),
    );
    const mine = join(folder, 'mine.yaml');
    const first = await station('--device', 'epson-tm-t88v', '--emulate', real, '--learn', mine);
    expect({ code: first.code, stderr: first.stderr }, first.stdout).toEqual({ code: 1, stderr: '' });
    expect(first.stdout).toContain(
      `learned  ${mine}, not as the profile says:\n         model: TM-T99 (TM-T88V in epson-tm-t88v)`,
    );
    const { id: _, ...measured } = readPrinterProfile(real);
    expect(readPrinterProfile(mine)).toMatchObject({ ...measured, speedMmPerS: expect.closeTo(220, 0) });
    expect(readFileSync(mine, 'utf8')).toMatch(/^ {2}- measured by paperjam station .*, EPSON TM-T99 MXKF000001$/m);
    const second = await station('--device', mine, '--emulate', real);
    expect({ code: second.code, stderr: second.stderr }, second.stdout).toEqual({ code: 0, stderr: '' });
  });

  test('overwrites nothing, and says so before the run', async () => {
    const file = join(folder, 'kept.yaml');
    writeFileSync(file, 'kept\n');
    const { code, stdout, stderr } = await station('--device', 'epson-tm-t88v', '--learn', file);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(`The profile ${file} cannot be written: it exists, and nothing is overwritten.`);
    expect(readFileSync(file, 'utf8')).toBe('kept\n');
  });

  test('learns nothing of a printer that says nothing; the record is kept', async () => {
    const file = join(folder, 'mute.yaml');
    const { code, stdout, stderr } = await station('--fault', 'printer.mute', '--learn', file);
    expect(code).toBe(1);
    expect(existsSync(file)).toBe(false);
    expect(stdout).toContain('record.json');
    expect(stderr).toContain('Nothing is learned of the printer: the printer told nothing of itself');
  });
});
