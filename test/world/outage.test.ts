import { expect, test } from 'vitest';
import { PaperjamError } from '../../src/base/errors.js';
import { Flash } from '../../src/ground/flash.js';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import type { Moment } from '../../src/ports/faults.js';
import type { RottingStorage } from '../../src/ports/storage.js';
import { seal } from '../../src/terminal/journal/chain.js';
import { rottenBits, standsThere } from '../../src/world/rot.js';
import { createSimulation } from '../../src/world/simulated.js';
import { unreadableStorage } from '../../src/world/unreadable-storage.js';
import { WatchedStorage } from '../../src/world/watched-storage.js';
import { Bench } from '../terminal/bench.js';

const LINE = Buffer.from('{"seq":1,"at":"2026-01-01T00:00:00.000Z","kind":"boot","version":"1"}\n');

function watched(storage: RottingStorage, full = false) {
  const told: Moment[] = [];
  const disk = { full };
  return {
    told,
    disk,
    storage: new WatchedStorage(storage, disk, { awaited: true, tell: (moment) => told.push(moment) }),
  };
}

test('a record is told of as it is handed over, and once more when it is durable', () => {
  const clock = new VirtualClock();
  const { told, storage } = watched(new Flash(clock));
  storage.append(LINE);
  storage.append(Buffer.from('\n'));
  let synced = 0;
  storage.sync(() => synced++);
  expect(told).toEqual([{ journal: 'boot', at: 'append' }]);
  clock.advance(0);
  expect(told).toEqual([
    { journal: 'boot', at: 'append' },
    { journal: 'boot', at: 'synced' },
  ]);
  storage.sync(() => synced++);
  clock.advance(0);
  expect([told.length, synced]).toEqual([2, 2]);
});

test('a sync that fails makes nothing durable', () => {
  const clock = new VirtualClock();
  const flash = new Flash(clock);
  const { told, storage } = watched(flash);
  flash.failSyncs(1);
  storage.append(LINE);
  const errors: (Error | undefined)[] = [];
  storage.sync((error) => errors.push(error));
  clock.advance(0);
  expect(errors).toMatchObject([{ code: 'PJ_STORAGE_FAILED' }]);
  expect(told).toEqual([{ journal: 'boot', at: 'append' }]);
});

test('a full disk stores nothing, not even what comes when there is room again; the next boot does', () => {
  const clock = new VirtualClock();
  const flash = new Flash(clock);
  const { storage, disk } = watched(flash, true);
  const errors: (Error | undefined)[] = [];
  storage.append(LINE);
  storage.sync((error) => errors.push(error));
  disk.full = false;
  storage.append(LINE);
  storage.sync((error) => errors.push(error));
  clock.advance(0);
  expect(errors).toMatchObject([{ code: 'PJ_STORAGE_FULL' }, { code: 'PJ_STORAGE_FULL' }]);
  expect(flash.length).toBe(0);
  const next = watched(flash).storage;
  next.append(LINE);
  expect(flash.length).toBe(LINE.length);
});

test('a boot that is over is answered nothing any more', () => {
  const clock = new VirtualClock();
  const { storage } = watched(new Flash(clock));
  let answered = 0;
  storage.append(LINE);
  storage.sync(() => answered++);
  storage.leave();
  storage.sync(() => answered++);
  clock.advance(1_000);
  expect(answered).toBe(0);
});

test('bits rot in the record, the hash or the line end that is meant, and nowhere in an empty journal', () => {
  const text = `${'a'.repeat(40)},"hash":"${'b'.repeat(64)}"}\n`;
  const journal = Buffer.from(text.repeat(3));
  const second = text.length;
  const bits = (place: 'text' | 'hash' | 'line-end', back = 1, count = 1) =>
    rottenBits(journal, { back, place, bits: count });
  expect(bits('text')).toEqual([{ offset: second + 20, bit: 0 }]);
  expect(journal.toString('latin1', bits('hash')[0]?.offset).startsWith('b')).toBe(true);
  expect(bits('line-end')).toEqual([{ offset: 2 * second - 1, bit: 0 }]);
  expect(bits('text', 99)).toEqual([{ offset: 20, bit: 0 }]);
  expect(new Set(bits('text', 0, 8).map(({ offset }) => offset)).size).toBe(8);
  expect(rottenBits(new Uint8Array(0), { back: 0, place: 'text', bits: 1 })).toEqual([]);
});

test('rot that is taken back strikes no other record: one that was never synced may have made way for it', () => {
  const line = (seq: number) =>
    seal({ kind: 'boot', version: '1', terminalId: 'T01', found: [] }, seq, seq * 1_000, String(seq).repeat(64)).line;
  const then = Buffer.from(line(1) + line(2));
  const at = line(1).length + 20;
  const again = Buffer.from(then);
  again[at + 5] = 0x20; // Another rot, of the same record.
  expect(standsThere(then, again, at)).toBe(true);
  expect(standsThere(then, Buffer.concat([then, Buffer.from(line(3))]), at)).toBe(true);
  expect(standsThere(then, Buffer.from(line(1) + line(3)), at)).toBe(false);
  expect(standsThere(then, Buffer.from(line(1)), at)).toBe(false);
});

test('a storage that cannot be opened at a boot puts the terminal out of service, and the display says so', () => {
  const bench = new Bench();
  const error = new PaperjamError('PJ_STORAGE_OPEN', { path: 'journal', problem: 'permission denied', advice: '' });
  const terminal = bench.boot(unreadableStorage(error), 'read');
  expect(bench.screens.at(-1)).toMatchObject({ state: 'outOfService', zh: '交易记录无法读取,暂停服务,请报修' });
  expect(terminal.failure).toBe(error);
  expect(() => terminal.sell(1_280)).toThrow(error);
  expect(() => terminal.page('T01')).toThrow(error);
});

test('a sale whose terminal is off is waited for; it goes on as the power comes back', async () => {
  const { world, clock } = await createSimulation();
  world.start();
  clock.advance(1_000);
  const saleId = world.people.sell(1_280, { customer: { behaviour: 'confirms' } });
  clock.advance(1_000);
  const back = world.powerOff(60_000);
  world.powerOff(30_000); // Whoever switches it off once more decides.
  back();
  clock.advance(29_999);
  expect([world.terminal.state, world.terminal.free]).toEqual(['off', false]);
  clock.advance(60_001);
  expect(world.terminal.page(saleId).facts.payment).toBe('paid');
});

test('a power that is brought back before its time comes back once', async () => {
  const { world, clock } = await createSimulation();
  world.start();
  clock.advance(1_000);
  const back = world.powerOff(5_000);
  clock.advance(1_000);
  back();
  clock.advance(2_000);
  const { terminal } = world;
  clock.advance(60_000);
  expect(world.terminal).toBe(terminal);
  expect(world.printer.status()).toMatchObject({ ready: true, faults: [] });
});

test('a record that was durable when the power went, before anybody had heard of it, is told at the next boot', async () => {
  const { world, clock } = await createSimulation();
  const told: string[] = [];
  const payments: string[] = [];
  world.watch({
    record: ({ seq, kind }) => told.push(`${seq} ${kind}`),
    sale: ({ payment }) => payments.push(`${payment} at ${told.at(-1)}`),
  });
  world.start();
  clock.runUntil(() => world.terminal.free);
  world.faults.put({ fault: 'terminal.power-cut', when: { journal: 'payment', at: 'synced' } });
  world.people.sell(1_280, { customer: { behaviour: 'pays' } });
  clock.runUntil(() => told.includes('5 boot'), 10_000);
  expect(told).toEqual(['1 boot', '2 sale-opened', '3 authorize-intent', '4 payment', '5 boot']);
  expect(payments).toEqual(['unknown at 2 sale-opened', 'unknown at 3 authorize-intent', 'paid at 4 payment']);
  world.close();
});
