/** `PAPERJAM_PORT` sends the very same tests to another printer: here to one that runs as a program of its own. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cleanUp, newFolder, PrinterFace } from '../e2e/printer-face.js';
import { openTarget } from './target.js';

afterEach(cleanUp);

const VITEST = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const Report = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({ message: z.string(), assertionResults: z.array(z.object({ fullName: z.string() })) }),
  ),
});

/** Runs the tests of printers as somebody at a bench would. */
async function runTests(variables: Record<string, string>): Promise<z.infer<typeof Report>> {
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|PAPERJAM_)/.test(name));
  const args = ['run', '--config', 'test/vitest.config.ts', '--reporter=json', 'test/hardware/printer.test.ts'];
  const child = spawn(process.execPath, [VITEST, ...args], {
    cwd: ROOT,
    env: { ...Object.fromEntries(own), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stderr.resume();
  await new Promise((resolve) => child.once('close', resolve));
  return Report.parse(JSON.parse(said));
}

describe('PAPERJAM_PORT', { timeout: 90_000 }, () => {
  test.each(['serial', 'tcp'] as const)('takes the tests to another printer: %s', async (way) => {
    const face = new PrinterFace(newFolder(), ['--device', 'epson-tm-t88v']);
    const port = way === 'serial' ? await face.serial() : `tcp://127.0.0.1:${await face.tcpPort()}`;
    const report = await runTests({ PAPERJAM_PORT: port, PAPERJAM_DEVICE: 'epson-tm-t88v', PAPERJAM_BAUD: '115200' });
    expect(report).toMatchObject({ success: true, numPassedTests: 9, numFailedTests: 0 });
    expect(report.testResults[0]?.assertionResults[0]?.fullName).toContain(`the printer at ${port}, EPSON TM-T88V,`);
    const papers = await face.papers();
    const tickets = papers.flatMap(({ lines }) => lines.filter((line) => line.endsWith(' TICKET')));
    expect(tickets).toEqual(['FIRST', 'SECOND', 'THIRD', 'FOURTH', 'FIFTH', 'SIXTH'].map((name) => `${name} TICKET`));
  });

  test('set to nothing is as not set: the emulated printer', async () => {
    const { where, profile, close } = await openTarget({ PAPERJAM_PORT: '', PAPERJAM_DEVICE: '', PAPERJAM_BAUD: '' });
    close();
    expect({ where, id: profile.id }).toEqual({ where: expect.stringMatching(/^\/dev\//), id: 'epson-tm-m30' });
  });

  test('with no printer there says so at once', async () => {
    const report = await runTests({ PAPERJAM_PORT: '/dev/ttyNoSuchPort' });
    expect(report.success).toBe(false);
    expect(JSON.stringify(report)).toContain('There is no serial port /dev/ttyNoSuchPort.');
  });
});
