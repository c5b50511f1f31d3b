import fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { PtyLink } from '../../src/links/pty.js';
import { Recorder } from '../../src/links/recording/recorder.js';
import { call, put } from './api.js';
import { inProcess } from './in-process.js';
import { cleanUp, newFolder, openPort, PrinterFace } from './printer-face.js';
import { Program } from './program.js';
import { openShop } from './shop.js';
import { until } from './until.js';

afterEach(cleanUp);

const run = (...args: string[]) => new Program(args).ended;

/** A recording of one job, sent in parts at these times, with the answers that a TM-m30 gave. */
function recordJob(file: string, parts: readonly { atMs: number; to?: Buffer; from?: Buffer }[]): void {
  const chunks: Uint8Array[] = [];
  const clock = new VirtualClock();
  const header = { device: 'epson-tm-m30', address: '/dev/ttyUSB0 at 115200', baud: 115_200, paperjam: '0.1.0' };
  const recorder = new Recorder({ clock, header, append: (bytes) => chunks.push(bytes) });
  const startMs = clock.now();
  recorder.opened();
  for (const { atMs, to, from } of parts) {
    clock.advance(startMs + atMs - clock.now());
    if (to !== undefined) recorder.toPrinter(to);
    if (from !== undefined) recorder.fromPrinter(from);
  }
  recorder.closed();
  recorder.end();
  fs.writeFileSync(file, Buffer.concat(chunks));
}

const bytes = (text: string) => Buffer.from(text, 'latin1');
/** Two lines, 600 ms apart, with a question each, and a cut. */
const JOB = [
  { atMs: 0, to: bytes('Corner Cafe\n\x10\x04\x01') },
  { atMs: 2, from: bytes('\x12') },
  { atMs: 600, to: bytes('Total 12.80\n\x1dr\x01\x1dV\x00') },
  { atMs: 640, from: bytes('\x00') },
];

describe('a sale on real wires, recorded', () => {
  test('is printed again, picture for picture, with the same replies', async () => {
    const shop = openShop({ device: 'epson-tm-m30' });
    const recording = shop.file('a.pjr');
    const sale = await shop.run('sale', '--amount', '12.80', '--record', recording);
    expect(sale.code).toBe(0);
    const out = shop.file('pictures');
    const { code, stdout, stderr } = await run('replay', recording, '--out', out, '--svg');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/: (\d+) recorded, \1 here, \1 the same, 0 different\n/);
    const [ticket = ''] = fs.readdirSync(shop.file('tickets'));
    expect(fs.readdirSync(out)).toEqual(['a.pjr.1.png', 'a.pjr.1.svg']);
    expect(fs.readFileSync(join(out, 'a.pjr.1.png'))).toEqual(fs.readFileSync(shop.file('tickets', ticket)));
  });

  test('by a terminal that is stopped by SIGTERM has its end, and killed by SIGKILL is whole up to there', async () => {
    const shop = openShop();
    const first = shop.start(['--record', shop.file('a.pjr')]);
    await first.api();
    await until(() => fs.statSync(shop.file('a.pjr')).size > 300, 'the line to be in use');
    await first.signal('SIGTERM');
    expect((await run('replay', shop.file('a.pjr'), '--list')).stdout).toMatch(/ C {9}closed\n$/);

    const second = shop.start(['--record', shop.file('b.pjr')]);
    await second.api();
    await until(() => fs.statSync(shop.file('b.pjr')).size > 300, 'the recording to be written');
    await second.kill();
    const { code, stdout } = await run('replay', shop.file('b.pjr'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/no end mark|torn off at byte/);
  });

  test('is refused onto a file that is there, before anything else is done', async () => {
    const shop = openShop();
    fs.writeFileSync(shop.file('a.pjr'), 'evidence');
    const { code, stdout, stderr } = await shop.run('sale', '--amount', '1', '--record', shop.file('a.pjr'));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^paperjam: .*a\.pjr is there already.*\[PJ_RECORDING_EXISTS\]\n$/);
    expect(fs.readFileSync(shop.file('a.pjr'), 'utf8')).toBe('evidence');
    expect(fs.existsSync(shop.journalFile)).toBe(false);
  });

  test('in a sale that is not begun leaves no file', async () => {
    const shop = openShop();
    const { code } = await shop.run('sale', '--amount', '1', '--printer', '/dev/none', '--record', shop.file('a.pjr'));
    expect([code, fs.existsSync(shop.file('a.pjr'))]).toEqual([2, false]);
  });
});

test('a station run, recorded at all its rates, is answered the same to the last reply', async () => {
  const folder = newFolder();
  const [plan, recording] = [join(folder, 'plan.yaml'), join(folder, 'a.pjr')];
  fs.writeFileSync(plan, 'phases: [link, identity, status, latency, throughput, buffer, checkpoint, endurance]\n');
  const line = ['--printer', 'emulated', '--device', 'epson-tm-t88v', '--yes', '--virtual'];
  const ran = await run('station', ...line, '--plan', plan, '--record', recording, '--out', join(folder, 'out'));
  expect([ran.code, ran.stderr]).toEqual([0, '']);
  const { code, stdout, stderr } = await run('replay', recording, '--out', join(folder, 'pictures'));
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/: (\d{3,}) recorded, \1 here, \1 the same, 0 different\n/);
  const { stdout: list } = await run('replay', recording, '--list');
  const marks = [...list.matchAll(/ M {9}phase (\S+)$/gm)].map(([, phase]) => phase);
  expect(marks).toEqual(['link', 'identity', 'status', 'latency', 'throughput', 'buffer', 'checkpoint', 'endurance']);
  const rates = [...list.matchAll(/ R {9}(\d+) baud$/gm)].map(([, baud]) => baud);
  expect(rates).toEqual(expect.arrayContaining(['9600', '19200', '38400', '57600', '115200']));
});

describe('a recording played to a printer on a wire', () => {
  test.each(['serial', 'tcp'] as const)('over %s: printed at its pace, with the same replies', async (what) => {
    const folder = newFolder();
    const face = new PrinterFace(join(folder, 'data'));
    const file = join(folder, 'a.pjr');
    recordJob(file, JOB);
    const where = what === 'serial' ? await face.serial() : `tcp://127.0.0.1:${await face.tcpPort()}`;
    const beganMs = performance.now();
    const { code, stdout, stderr } = await run('replay', file, '--printer', where);
    expect([code, stderr]).toEqual([0, '']);
    expect(performance.now() - beganMs).toBeGreaterThan(600);
    expect(stdout).toContain('2 recorded, 2 here, 2 the same, 0 different');
    const [paper] = await face.cut(1);
    expect(paper?.lines).toEqual(['Corner Cafe', 'Total 12.80']);
  });

  test('whose cover is open answers differently, and says so at once', async () => {
    const folder = newFolder();
    const face = new PrinterFace(join(folder, 'data'));
    const file = join(folder, 'a.pjr');
    recordJob(file, [...JOB.slice(0, 2), { atMs: 60_000, to: bytes('much later') }]);
    await put(await face.http(), { fault: 'printer.cover-open', when: 'now' });
    const program = new Program(['replay', file, '--printer', await face.serial()]);
    await program.says(/^0\.002000 s >12 DLE EOT 1: recorded 12 all clear, here 1a offline$/m);
    // Ctrl-C ends it long before its end, and the port is free for the next one.
    const { code, stdout } = await program.signal('SIGINT');
    expect(code).toBe(130);
    expect(stdout).toContain('it was stopped before its end');
    const next = await openPort(await face.serial());
    next.port.write(bytes('\x10\x04\x02'));
    await until(() => next.answers().length > 0, 'an answer');
    await next.close();
  });

  test.each([
    ['--speed', '50'],
    ['--no-pacing', undefined],
  ])('with %s it does not take the time that it took', async (option, value) => {
    const folder = newFolder();
    const face = new PrinterFace(join(folder, 'data'), ['--no-pacing']);
    const file = join(folder, 'a.pjr');
    recordJob(file, [...JOB, { atMs: 100_000, to: bytes('\x10\x04\x04') }, { atMs: 100_001, from: bytes('\x12') }]);
    const options = value === undefined ? [option] : [option, value];
    const { code, stdout } = await run('replay', file, '--printer', await face.serial(), ...options);
    expect([code, stdout]).toEqual([0, expect.stringContaining('3 the same')]);
  });

  test('a job of many blocks without pacing loses no byte', async () => {
    const folder = newFolder();
    const face = new PrinterFace(join(folder, 'data'), ['--no-pacing']);
    const file = join(folder, 'a.pjr');
    const lines = Array.from({ length: 3_000 }, (_, n) => `line ${String(n).padStart(5, '0')} of a long job`);
    recordJob(file, [{ atMs: 0, to: bytes(`${lines.join('\n')}\n\x1dV\x00`) }]);
    const { code } = await run('replay', file, '--printer', await face.serial(), '--no-pacing');
    expect(code).toBe(0);
    const [paper] = await face.cut(1);
    expect(paper?.lines).toEqual(lines);
  });

  test.each(['serial', 'tcp'] as const)(
    'over %s, that takes nothing any more is given up with its reason',
    async (what) => {
      const folder = newFolder();
      const face = new PrinterFace(join(folder, 'data'), ['--no-pacing']);
      const file = join(folder, 'a.pjr');
      const job = bytes(`${'x'.repeat(47)}\n`.repeat(400_000));
      recordJob(file, [{ atMs: 0, to: job }]);
      await put(await face.http(), { fault: 'printer.paper-out', when: { line: 3 } });
      const where = what === 'serial' ? await face.serial() : `tcp://127.0.0.1:${await face.tcpPort()}`;
      const { code, stderr } = await run('replay', file, '--printer', where, '--no-pacing', '--patience', '0.5');
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /takes nothing any more: for 0\.5 s not one of \d+ waiting bytes has left.*\[PJ_REPLAY_STALLED\]/,
      );
      const { counters } = await call<{ counters: { lines: number } }>(await face.http(), 'GET', '/v1/status');
      expect(counters.lines).toBe(2);
    },
  );

  test('that goes away in the middle is named', async () => {
    const folder = newFolder();
    const file = join(folder, 'a.pjr');
    recordJob(file, [...JOB, { atMs: 60_000, to: bytes('much later') }]);
    const pty = new PtyLink({});
    let heard = 0;
    pty.create();
    pty.open({
      opened() {},
      received: (part) => {
        heard += part.length;
        if (heard > 0) pty.close();
      },
      drained() {},
      lost() {},
    });
    const { code, stderr } = await run('replay', file, '--printer', pty.path ?? '');
    expect(code).toBe(2);
    expect(stderr).toMatch(/There is no way to the printer at .* \(lost\): .*\[PJ_PRINTER_LINK\]/);
  });
});

describe('what cannot be played is refused with a reason', () => {
  test.each([
    [(folder: string) => folder, 'it is a folder', 'PJ_RECORDING'],
    [(folder: string) => join(folder, 'none.pjr'), 'there is no such file', 'PJ_RECORDING'],
    [(folder: string) => written(folder, ''), 'it is empty', 'PJ_RECORDING'],
    [(folder: string) => written(folder, 'Corner Cafe'), 'it begins with 436f726e65722043', 'PJ_RECORDING'],
    [(folder: string) => written(folder, '\x89PJR\r\n\x1a\n\x07'), 'version 7. Allowed: 1, 2', 'PJ_RECORDING_VERSION'],
  ])('case %#', async (make, says, code) => {
    const ended = await inProcess(['replay', make(newFolder())]);
    expect([ended.code, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toContain(says);
    expect(ended.stderr).toContain(`[${code}]`);
  });

  test.each([
    [['--speed', '2'], '--speed is only for --printer'],
    [['--no-pacing'], '--no-pacing is only for --printer'],
    [['--printer', '/dev/x', '--out', 'y'], '--out is only for the emulated printer'],
    [['--printer', 'lpt1'], '--printer is lpt1 (allowed: a serial path'],
    [['--printer', '/dev/x', '--speed', '0'], 'above 0'],
    [['--printer', '/dev/x', '--speed', '2', '--no-pacing'], 'exclude each other'],
    [['--list', '--json'], '--list plays nothing'],
    [['--device', 'epson-tm-m3'], 'epson-tm-m30'],
    [['--printer', '/dev/none'], 'There is no serial port /dev/none'],
  ])('%j', async (options, says) => {
    const file = join(newFolder(), 'a.pjr');
    recordJob(file, JOB);
    const { code, stderr } = await inProcess(['replay', file, ...options]);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
  });

  test('a damaged one is played up to the damage, which is named with its place', async () => {
    const file = join(newFolder(), 'a.pjr');
    recordJob(file, JOB);
    const content = fs.readFileSync(file);
    content[content.indexOf('Total')] = 0x74;
    fs.writeFileSync(file, content);
    const { code, stdout, stderr } = await run('replay', file, '--json');
    expect(code).toBe(2);
    expect(stderr).toMatch(/is damaged at byte \d+: .*\[PJ_RECORDING_DAMAGED\]/);
    const result = JSON.parse(stdout);
    expect(result.papers.map(({ text }: { text: string }) => text)).toEqual(['Corner Cafe\n']);
    expect(result.error.code).toBe('PJ_RECORDING_DAMAGED');
  });
});

function written(folder: string, content: string): string {
  const file = join(folder, 'a.pjr');
  fs.writeFileSync(file, bytes(content));
  return file;
}

test('--list is a line for every record, for people with a grep', async () => {
  const file = join(newFolder(), 'a.pjr');
  recordJob(file, JOB);
  const { code, stdout } = await run('replay', file, '--list');
  expect(code).toBe(0);
  expect(stdout.split('\n').slice(1)).toEqual([
    '    0.000000  O         opened',
    '    0.000000  >0        43 6f 72 6e 65 72 20 43 61 66 65 0a 10 04 01      "Corner Cafe" · LF · DLE EOT 01',
    '    0.002000  <0        12                                                DLE EOT 1: 12 all clear',
    '    0.600000  >15       54 6f 74 61 6c 20 31 32 2e 38 30 0a 1d 72 01 1d   "Total 12.80" · LF · GS r 01 · GS V 00',
    '    0.600000  >31       56 00',
    '    0.640000  <1        00                                                GS r 1: 00 all clear',
    '    0.640000  C         closed',
    '',
  ]);
});

test('--list > /dev/full: one complaint, not one for every line', async () => {
  const file = join(newFolder(), 'a.pjr');
  recordJob(file, JOB);
  const { code, stderr } = await new Program(['replay', file, '--list'], { shell: 'exec "$@" > /dev/full' }).ended;
  expect(code).toBe(0);
  expect(stderr).toMatch(/^paperjam: standard output cannot be written: ENOSPC[^\n]*\n$/);
});
