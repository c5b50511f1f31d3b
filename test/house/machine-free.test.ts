import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Excuses, machineFreeComplaints } from './machine-free.js';
import { ROOT, sourcesUnder } from './source.js';

const PARTS = ['src/terminal', 'src/printer', 'src/acquirer', 'src/emulator', 'src/faults', 'src/till'];

/** One list of adapter halves for the whole house: the one by which dependency-cruiser lets them import fastify and SDKs. */
function adapterHalves(): RegExp[] {
  const Config = z.object({ forbidden: z.array(z.looseObject({ name: z.string() })) });
  const Rule = z.object({ from: z.object({ pathNot: z.array(z.string()).min(1) }) });
  const { forbidden } = Config.parse(createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')));
  const { from } = Rule.parse(forbidden.find(({ name }) => name === 'parts-off-the-machine'));
  return from.pathNot.map((source) => new RegExp(source));
}

const ADAPTER_HALVES = adapterHalves();

const EXCUSES: Excuses = {
  adapterHalf: (path) => ADAPTER_HALVES.some((half) => half.test(path)),
  mayAwait: (path) => /^src\/printer\/(.+\/|)prepare-[^/]+\.ts$/.test(path),
};

describe('the parts', () => {
  test('are free of clock, chance and I/O, and never wait', () => {
    const files = sourcesUnder(...PARTS);
    expect(files.length).toBeGreaterThan(20);
    expect(machineFreeComplaints(files, EXCUSES)).toEqual([]);
  });

  test('have few adapter halves', () => {
    const halves = sourcesUnder(...PARTS).filter(({ path }) => EXCUSES.adapterHalf(path));
    expect(halves.length).toBeLessThanOrEqual(8);
  });
});

describe('the rule objects', () => {
  const about = (text: string, path = 'src/terminal/a.ts') => machineFreeComplaints([{ path, text }], EXCUSES);

  test.each([
    ['Date.now();', 'uses Date without a time'],
    ['new Date();', 'uses Date without a time'],
    ['new Date;', 'uses Date without a time'],
    ['const { now } = Date;', 'uses Date without a time'],
    ['const D = Date;', 'uses Date without a time'],
    ["Date['now']();", 'uses Date without a time'],
    ['performance.now();', 'uses performance'],
    ['setTimeout(() => {}, 5);', 'uses setTimeout'],
    ['const clock = { setTimeout };', 'uses setTimeout'],
    ['const clock = { wait: setInterval };', 'uses setInterval'],
    ['setImmediate(f);', 'uses setImmediate'],
    ['queueMicrotask(f);', 'uses queueMicrotask'],
    ['process.nextTick(f);', 'uses process'],
    ['globalThis.setTimeout(f);', 'uses globalThis'],
    ['Math.random();', 'uses Math.random'],
    ["Math['random']();", 'uses Math.random'],
    ['const { random } = Math;', 'uses Math.random'],
    ['crypto.randomUUID();', 'uses crypto'],
    ["import { randomBytes } from 'node:crypto';", 'imports randomBytes of node:crypto'],
    ["import { generateKeyPairSync } from 'node:crypto';", 'imports generateKeyPairSync of node:crypto'],
    ["import * as crypto from 'node:crypto';", 'imports * of node:crypto'],
    ["import crypto from 'crypto';", 'imports default of crypto'],
    ["import { readFileSync } from 'node:fs';", 'imports node:fs'],
    ["import { readFile } from 'fs/promises';", 'imports fs/promises'],
    ["export { connect } from 'node:net';", 'imports node:net'],
    ["import 'node:http';", 'imports node:http'],
    ["import { setTimeout } from 'node:timers/promises';", 'imports node:timers/promises'],
    ["import dgram from 'node:dgram';", 'imports node:dgram'],
    ["import { Worker } from 'node:worker_threads';", 'imports node:worker_threads'],
    ["import { spawn } from 'node:child_process';", 'imports node:child_process'],
    ["import { fromPromise } from 'xstate';", 'imports fromPromise of xstate'],
    ['console.log(1);', 'uses console'],
    ["fetch('http://127.0.0.1');", 'uses fetch'],
    ['export async function f() {}', 'uses async'],
    ['const f = async () => {};', 'uses async'],
    ['await f();', 'uses await'],
    ['for await (const x of y) f(x);', 'uses for await'],
    ["import('./late.js');", 'uses import()'],
    ['Promise.resolve(1);', 'uses Promise'],
    ['export type Later = Promise<number>;', 'uses Promise'],
    ['createActor(machine).start();', 'starts an actor without a clock'],
  ])('to %s', (text, words) => {
    expect(about(`// planted\n${text}`)).toEqual(
      expect.arrayContaining([expect.stringContaining(`src/terminal/a.ts:2 ${words}`)]),
    );
  });

  test.each([
    'clock.setTimeout(() => {}, 5);',
    'const { setTimeout: later } = clock; later();',
    'const { setTimeout } = clock; setTimeout(f, 5);',
    'export function wait(setTimeout: (f: () => void) => void) { setTimeout(() => {}); }',
    'export interface Clock { setTimeout(): void; now(): number }',
    'export const clock = { setTimeout() {}, now: () => 5 };',
    'export const year = new Date(clock.now()).getUTCFullYear() + Date.UTC(2026, 0) + Date.parse("2026");',
    'export function f(at: Date) { return at instanceof Date; }',
    'Math.floor(random.int(0, 5));',
    "import { createHash, createVerify } from 'node:crypto';",
    "import { Buffer } from 'node:buffer';",
    "import type { Socket } from 'node:net';",
    "import { type Socket } from 'node:net';",
    "import { setup, createActor } from 'xstate'; createActor(machine, { clock });",
    'export const process = (x: number) => x; process(5);',
    'export const words = "Date.now() and await fetch";',
    'sale.process.crypto.fetch();',
  ])('not to %s', (text) => {
    expect(about(text)).toEqual([]);
  });

  test('not to adapter halves, and to nothing but waiting where a font or a symbol is prepared once', () => {
    const text = "import { readFileSync } from 'node:fs';\nexport async function f(): Promise<void> {}\n";
    expect(about(text, 'src/emulator/platform/alipay/http.ts')).toEqual([]);
    expect(about(text, 'src/emulator/platform/keys.ts')).toEqual([]);
    expect(about(text, 'src/acquirer/alipay/sdk-transport.ts')).toEqual([]);
    expect(about(text, 'src/emulator/platform/not-http.ts')).toHaveLength(3);
    expect(about(text, 'src/printer/escpos/prepare-qr.ts')).toEqual([
      'src/printer/escpos/prepare-qr.ts:1 imports node:fs: a part touches nothing of the machine',
    ]);
  });
});
