import fs from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { call, put } from './api.js';
import { CUT, cleanUp, newFolder, openPort, PrinterFace } from './printer-face.js';
import { until } from './until.js';

afterEach(cleanUp);

const ASK = Buffer.from('100401', 'hex');

/** Bytes that the printer has taken from the line so far. */
async function received(face: PrinterFace): Promise<number> {
  const { counters } = await call<{ counters: { receivedBytes: number } }>(await face.http(), 'GET', '/v1/status');
  return counters.receivedBytes;
}

test.each([9_600, 38_400, 115_200])(
  'at %i baud a job takes at least the time that the rate demands',
  async (baudRate) => {
    const face = new PrinterFace(newFolder());
    const line = Buffer.from(`${'x'.repeat(47)}\n`);
    const { port, answers, close } = await openPort(await face.serial(), { baudRate });
    const job = Buffer.concat([...Array.from({ length: Math.ceil(baudRate / 9_600) * 8 }, () => line), ASK, CUT]);
    const beganMs = performance.now();
    port.write(job);
    await until(() => answers().length > 0, 'the answer to the question behind the job');
    const tookMs = performance.now() - beganMs;
    expect(answers().toString('hex')).toBe('12');
    // Ten bits a byte; and the answer takes a byte more. The wall clock counts whole milliseconds.
    expect(tookMs).toBeGreaterThanOrEqual(((job.length - CUT.length + 1) * 10_000) / baudRate - 2);
    await close();
    const [paper] = await face.cut(1);
    expect(paper?.lines.length).toBe((job.length - 6) / 48);
  },
);

test.each(['sunmi-58', 'gprinter-gp-58'])(
  '%s, out of paper for two seconds: a program with XON/XOFF waits and loses nothing',
  async (device) => {
    const face = new PrinterFace(newFolder(), ['--device', device, '--no-pacing']);
    const mend = await put(await face.http(), { fault: 'printer.paper-out', when: { line: 3 } });
    const lines = Array.from({ length: 800 }, (_, n) => `line ${String(n).padStart(4, '0')} of the job`);
    const { port, close } = await openPort(await face.serial(), { xon: true });
    const job = Buffer.from(`${lines.join('\n')}\n`);
    port.write(job);
    const beganMs = performance.now();
    await until(() => performance.now() - beganMs >= 2_000, 'two seconds');
    expect((await face.papers())[0]?.lines.length).toBeLessThan(10);
    expect(await received(face)).toBeLessThan(job.length);
    await mend();
    await until(async () => (await face.papers())[0]?.lines.length === lines.length, 'the whole job');
    expect((await face.papers())[0]?.lines).toEqual(lines);
    expect(await received(face)).toBe(job.length);
    await close();
  },
);

test('a port that is closed and opened again in the middle of a line goes on in that line', async () => {
  const face = new PrinterFace(newFolder());
  const path = await face.serial();
  const first = await openPort(path);
  first.port.write('Corner ');
  first.port.write(ASK);
  await until(() => first.answers().length > 0, 'an answer');
  await first.close();
  const second = await openPort(path);
  second.port.write(Buffer.concat([Buffer.from('Cafe\n'), CUT]));
  const [paper] = await face.cut(1);
  expect(paper?.lines).toEqual(['Corner Cafe']);
  await second.close();
});

test('killed and started again, it is found under the same name, and its paper is still there', async () => {
  const data = newFolder();
  const first = new PrinterFace(data);
  const path = await first.serial();
  const before = await openPort(path);
  before.port.write(Buffer.concat([Buffer.from('before\n'), CUT, Buffer.from('half\n')]));
  await until(async () => (await first.papers())[1]?.lines[0] === 'half', 'the second piece');
  const lost = new Promise((resolve) => before.port.once('close', resolve));
  await first.program.kill();
  before.port.write('x'); // Without a reader, a serial port learns only by writing that its device has gone.
  await lost;

  const second = new PrinterFace(data);
  expect(await second.serial()).toBe(path);
  const after = await openPort(path);
  after.port.write(Buffer.concat([Buffer.from('after\n'), CUT]));
  const papers = await second.cut(2);
  expect(papers.map(({ lines }) => lines)).toEqual([['before'], ['half', 'after']]);
  await after.close();
  const { code } = await second.program.signal('SIGTERM');
  expect(code).toBe(0);
  expect(fs.existsSync(path)).toBe(false);
});
