import { beforeEach, describe, expect, test } from 'vitest';
import type { FaultRecord } from '../../../src/faults/fault.js';
import { prepareDevice, type Simulation, simulate } from '../../../src/world/simulated.js';
import { TestTill } from '../../till/exchange.js';
import { ScriptedFace } from '../../till/scripted-face.js';

const device = await prepareDevice('epson-tm-m30');
const SAID = { answer: { status: 201, headers: { 'x-face': 'yes' }, body: 'you said 12.80' } };

let simulation: Simulation;
let face: ScriptedFace;
let till: TestTill;

beforeEach(() => {
  simulation = simulate(device);
  const { world, clock } = simulation;
  world.start();
  clock.runUntil(() => world.terminal.free);
  face = new ScriptedFace(world);
  till = new TestTill(face, clock);
});

const put = (record: FaultRecord) => simulation.world.faults.put(record);

/** What a till hears that waits 30 s, and after how long. */
function sold(kind = 'sale') {
  const startMs = simulation.clock.now();
  const heard = till.hear({ path: `/${kind}`, body: '12.80' }, 30_000);
  return { heard, afterMs: simulation.clock.now() - startMs };
}

describe('of the requests of a till', () => {
  test('the first one that sells is struck if nothing is said, and no other', () => {
    put({ fault: 'till.reset' });
    expect(sold('status').heard).toEqual(SAID);
    expect(sold().heard).toEqual({ gone: 'reset' });
    expect(sold().heard).toEqual(SAID);
  });

  test('those of a kind are counted apart, from the one that is named and as many as are asked for', () => {
    put({ fault: 'till.reset', kind: 'status', from: 2, times: 2 });
    const struck = ['status', 'sale', 'status', 'abort', 'status', 'status'].map(
      (kind) => 'gone' in (sold(kind).heard ?? {}),
    );
    expect(struck).toEqual([false, false, true, false, true, false]);
  });

  test('any can be struck, and those of one protocol only', () => {
    put({ fault: 'till.busy', kind: 'any', protocol: 'api', times: 2 });
    put({ fault: 'till.reset', kind: 'any', protocol: 'nexo', times: 9 });
    const heard = ['print', 'reversal', 'other'].map((kind) => sold(kind).heard);
    expect(heard).toEqual([{ answer: { status: 409, body: 'busy' } }, { answer: { status: 409, body: 'busy' } }, SAID]);
  });

  test('none is struck any more when the fault is cleared', () => {
    const { id } = put({ fault: 'till.reset', times: 5 });
    simulation.world.faults.clear(id);
    expect(sold().heard).toEqual(SAID);
  });
});

describe('each fault does its own thing', () => {
  const WELCOME = '<html><head><title>Welcome</title></head><body>Please sign in to the network.</body></html>';

  test.each([
    [{ fault: 'till.answer-lost' }, undefined, 30_000, 1],
    [{ fault: 'till.request-lost' }, undefined, 30_000, 0],
    [{ fault: 'till.answer-late', delayMs: 5_000 }, SAID, 5_000, 1],
    [{ fault: 'till.request-late', delayMs: 5_000 }, SAID, 5_000, 1],
    [{ fault: 'till.answer-twice' }, { answer: { ...SAID.answer, body: 'you said 12.80you said 12.80' } }, 0, 1],
    [{ fault: 'till.half-answer' }, { gone: 'half' }, 0, 1],
    [{ fault: 'till.empty-answer' }, { answer: { status: 200, body: '' } }, 0, 1],
    [{ fault: 'till.empty-answer', delivered: false }, { answer: { status: 200, body: '' } }, 0, 0],
    [{ fault: 'till.garbage-answer' }, { answer: { status: 200, body: WELCOME } }, 0, 1],
    [{ fault: 'till.garbage-answer', body: '{}', delivered: false }, { answer: { status: 200, body: '{}' } }, 0, 0],
    [{ fault: 'till.reset' }, { gone: 'reset' }, 0, 1],
    [{ fault: 'till.reset', delivered: false }, { gone: 'reset' }, 0, 0],
    [{ fault: 'till.busy' }, { answer: { status: 409, body: 'busy' } }, 0, 0],
  ])('%j', (record, heard, afterMs, done) => {
    put(record);
    expect(sold()).toEqual({ heard, afterMs });
    expect(face.heard).toHaveLength(done);
  });

  test('till.request-twice: the second one arrives later, and nobody hears its answer', () => {
    put({ fault: 'till.request-twice', gapMs: 2_000 });
    expect(sold()).toEqual({ heard: SAID, afterMs: 0 });
    simulation.clock.advance(1_999);
    expect(face.heard).toHaveLength(1);
    simulation.clock.advance(1);
    expect(face.heard).toEqual(['POST /sale 12.80', 'POST /sale 12.80']);
  });
});

describe('when a till asks', () => {
  const jammed = () => simulation.world.printer.status().faults;
  const atMoment = (when: object) => put({ fault: 'printer.paper-out', when });

  test('a fault begins when its request arrives, if nothing else is said', () => {
    const fault = atMoment({ till: 'sale' });
    expect(sold('status').heard).toEqual(SAID);
    expect(simulation.world.faults.active()).toMatchObject([{ id: fault.id, begun: false }]);
    face.waits = true;
    till.send({ path: '/sale' });
    expect(simulation.world.faults.active()).toMatchObject([{ begun: true }]);
    simulation.clock.advance(5_000);
    expect(jammed()).toEqual(['paper-out']);
  });

  test('it begins when the answer is about to leave, of the request that is meant', () => {
    atMoment({ till: 'status', at: 'answered', nth: 2 });
    face.waits = true;
    const begun = () => simulation.world.faults.active()[0]?.begun;
    for (const expected of [false, true]) {
      till.send({ path: '/status' });
      expect(begun()).toBe(false);
      face.open.at(-1)?.answer({ status: 200, body: 'ok' });
      expect(begun()).toBe(expected);
    }
  });

  test('a moment that is none is refused, with what is allowed', () => {
    expect(() => atMoment({ till: 'sell' })).toThrow(/at when\.till: .*"sale"\|"status"\|"abort".* \(given: "sell"\)/);
    expect(() => atMoment({ till: 'sale', at: 'later' })).toThrow(/at when\.at: .*arrived.*answered/);
  });
});
