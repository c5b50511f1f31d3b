import { beforeEach, describe, expect, test } from 'vitest';
import type { VirtualClock } from '../../src/ground/virtual-clock.js';
import type { TillFate } from '../../src/ports/till-faults.js';
import { prepareDevice, simulate } from '../../src/world/simulated.js';
import type { TillTold } from '../../src/world/tills.js';
import type { World } from '../../src/world/world.js';
import { TestTill } from './exchange.js';
import { ScriptedFace } from './scripted-face.js';

const device = await prepareDevice('epson-tm-m30');
const SALE = { path: '/sale', body: '12.80' };
const SAID = { status: 201, headers: { 'x-face': 'yes' }, body: 'you said 12.80' };

let world: World;
let clock: VirtualClock;
let face: ScriptedFace;
let till: TestTill;
let told: TillTold[];

beforeEach(() => {
  ({ world, clock } = simulate(device));
  world.start();
  clock.runUntil(() => world.terminal.free);
  face = new ScriptedFace(world);
  face.told = [{ world, saleId: 's1', payment: 'paid' }];
  till = new TestTill(face, clock);
  told = [];
  world.tills.watch((one) => told.push(one));
});

/** The fate of every request from now on. */
function befalls(fate: TillFate): void {
  world.tills.site.onRequest(() => fate);
}

/** How long until something is heard, and what. */
function timed(request = SALE, withinMs?: number) {
  const startMs = clock.now();
  const heard = till.hear(request, withinMs);
  return { afterMs: clock.now() - startMs, heard };
}

describe('a line without faults', () => {
  test('carries the request and its answer, which is noted as delivered', () => {
    expect(till.ask({ ...SALE, method: 'PUT', query: 'a=1' })).toMatchObject(SAID);
    expect(face.heard).toEqual(['PUT /sale?a=1 12.80']);
    expect(till.notes).toEqual(['delivered s1']);
    expect(told).toEqual([{ face: 'api', saleId: 's1', payment: 'paid' }]);
  });

  test('tells of the moments: it has arrived, and its answer is about to leave', () => {
    face.waits = true;
    const moments: unknown[] = [];
    world.moments.watch((moment) => moments.push(moment));
    const sent = till.send({ path: '/abort' });
    expect(moments).toEqual([{ till: 'abort', at: 'arrived' }]);
    face.open[0]?.answer({ status: 200, body: 'ok' });
    expect(moments).toEqual([
      { till: 'abort', at: 'arrived' },
      { till: 'abort', at: 'answered' },
    ]);
    expect(sent.heard).toBeUndefined();
    clock.advance(0);
    expect(sent.heard).toEqual({ answer: { status: 200, body: 'ok' } });
  });

  test('only the first answer counts', () => {
    face.waits = true;
    const sent = till.send(SALE);
    face.open[0]?.answer({ status: 200, body: 'one' });
    face.open[0]?.answer({ status: 200, body: 'two' }, ...face.told);
    face.open[0]?.drop();
    clock.advance(0);
    expect(sent.heard).toEqual({ answer: { status: 200, body: 'one' } });
    expect(till.notes).toEqual([]);
  });

  test('a till that hangs up is gone for the face, and what it waited for is lost, once', () => {
    face.waits = true;
    face.expected = 's1';
    const sent = till.send(SALE);
    sent.hangUp();
    sent.hangUp();
    expect(face.gone).toBe(1);
    expect(till.notes).toEqual(['lost s1']);
    face.open[0]?.answer(SAID, ...face.told);
    clock.advance(1_000);
    expect(sent.heard).toBeUndefined();
    expect(told).toEqual([]);
    expect(till.notes).not.toContain('delivered s1');
  });

  test('a face that drops the till: it hears that the connection has ended', () => {
    face.waits = true;
    face.expected = 's1';
    const sent = till.send(SALE);
    face.open[0]?.drop();
    clock.advance(0);
    expect(sent.heard).toEqual({ gone: 'reset' });
    expect(till.notes).toEqual(['lost s1']);
    expect(face.gone).toBe(0);
  });

  test('a line that closes cuts everybody off', () => {
    face.waits = true;
    const sent = till.send(SALE);
    till.close();
    clock.advance(1_000);
    expect(face.gone).toBe(1);
    expect(sent.heard).toBeUndefined();
  });
});

describe('what can become of a request', () => {
  test('late requests and late answers add up, from several rules', () => {
    befalls({ requestDelayMs: 200, answerDelayMs: 1_000 });
    befalls({ answerDelayMs: 500 });
    expect(timed()).toEqual({ afterMs: 1_700, heard: { answer: SAID } });
  });

  test('a till that gives up before its request arrives: it is done all the same, and the answer is lost', () => {
    befalls({ requestDelayMs: 5_000 });
    face.expected = 's1';
    expect(timed(SALE, 1_000)).toEqual({ afterMs: 1_000, heard: undefined });
    expect(face.heard).toEqual([]);
    clock.advance(5_000);
    expect(face.heard).toEqual(['POST /sale 12.80']);
    expect(till.notes).toEqual(['lost s1']);
    expect(told).toEqual([]);
  });

  test('of a request that arrives after its till has gone, the face hears that it has gone', () => {
    befalls({ requestDelayMs: 5_000 });
    face.waits = true;
    timed(SALE, 1_000);
    clock.advance(5_000);
    expect(face.gone).toBe(1);
  });

  test('an answer that comes too late is lost', () => {
    befalls({ answerDelayMs: 60_000 });
    expect(timed(SALE, 30_000).heard).toBeUndefined();
    clock.advance(60_000);
    expect(till.notes).toEqual(['lost s1']);
  });

  test('a request that is lost never arrives, and nothing is heard', () => {
    befalls({ breaks: { delivered: false, how: 'silence' } });
    expect(timed(SALE, 30_000).heard).toBeUndefined();
    expect(face.heard).toEqual([]);
    expect(till.notes).toEqual([]);
  });

  test.each([
    ['silence', undefined],
    ['reset', { gone: 'reset' }],
    ['half', { gone: 'half' }],
    ['empty', { answer: { status: 200, body: '' } }],
    [{ body: '<html>' }, { answer: { status: 200, body: '<html>' } }],
  ] as const)('%j in the place of the answer: it is done and said, and has not been delivered', (how, heard) => {
    befalls({ breaks: { delivered: true, how } });
    expect(timed(SALE, 30_000).heard).toEqual(heard);
    expect(face.heard).toEqual(['POST /sale 12.80']);
    expect(till.notes).toEqual(['lost s1']);
    expect(told).toEqual([{ face: 'api', saleId: 's1', payment: 'paid' }]);
  });

  test.each([
    ['reset', { gone: 'reset' }],
    ['half', { gone: 'reset' }],
    ['empty', { answer: { status: 200, body: '' } }],
    [{ body: '<html>' }, { answer: { status: 200, body: '<html>' } }],
  ] as const)('%j before the request has arrived: nothing is done', (how, heard) => {
    befalls({ requestDelayMs: 100, breaks: { delivered: false, how } });
    expect(timed()).toEqual({ afterMs: 100, heard });
    expect(face.heard).toEqual([]);
    expect(till.notes).toEqual([]);
  });

  test('a request that is repeated on its way arrives twice, and only the first answer is heard', () => {
    befalls({ requestAgainMs: 3_000 });
    expect(timed()).toEqual({ afterMs: 0, heard: { answer: SAID } });
    clock.advance(3_000);
    expect(face.heard).toEqual(['POST /sale 12.80', 'POST /sale 12.80']);
    expect(till.notes).toEqual(['delivered s1']);
  });

  test('an answer that comes twice in one has been heard', () => {
    befalls({ answerTwice: true });
    expect(till.ask(SALE).body).toBe('you said 12.80you said 12.80');
    expect(till.notes).toEqual(['delivered s1']);
  });

  test('a terminal that is busy says so in the words of the protocol, and does nothing', () => {
    befalls({ busy: true });
    expect(till.ask(SALE)).toMatchObject({ status: 409, body: 'busy' });
    expect(face.heard).toEqual([]);
  });

  test('a request that is for no terminal has no fate', () => {
    befalls({ breaks: { delivered: false, how: 'reset' } });
    expect(till.ask({ path: '/lost' }).status).toBe(201);
  });

  test('what is on its way when the line closes never arrives', () => {
    befalls({ requestDelayMs: 5_000 });
    till.send(SALE);
    till.close();
    clock.advance(10_000);
    expect(face.heard).toEqual([]);
  });
});

describe('a power cut at the moment', () => {
  const cut = (at: 'arrived' | 'answered', offMs: number) =>
    world.faults.put({ fault: 'terminal.power-cut', when: { till: 'sale', at }, offMs });

  test.each([0, 5_000])('when a request arrives, it is lost with the connection (off for %d ms)', (offMs) => {
    cut('arrived', offMs);
    expect(timed()).toEqual({ afterMs: 0, heard: { gone: 'reset' } });
    expect(face.heard).toEqual([]);
  });

  test('when the answer is about to leave, it never does', () => {
    cut('answered', 5_000);
    expect(timed()).toEqual({ afterMs: 0, heard: { gone: 'reset' } });
    expect(face.heard).toEqual(['POST /sale 12.80']);
    expect(till.notes).toEqual(['lost s1']);
  });

  test('does not touch a till that is connected to the cloud', () => {
    cut('arrived', 5_000);
    cut('answered', 5_000);
    expect(till.ask({ ...SALE, path: '/cloud/sale' })).toMatchObject(SAID);
  });
});
