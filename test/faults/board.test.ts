import { describe, expect, test } from 'vitest';
import { FaultBoard } from '../../src/faults/board.js';
import type { FaultRecord } from '../../src/faults/fault.js';
import { seededRandom } from '../../src/ground/seeded-random.js';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { memoryLinkPair } from '../../src/links/memory.js';
import type { FaultSites, Moment, Moments, PlatformAnswer } from '../../src/ports/faults.js';
import { allBytes, Collector } from '../links/collector.js';

const PAY: PlatformAnswer = { method: 'alipay.trade.pay', orderNo: 'T01' };

/** A world of sites that write down what is done to them. */
function bench(missing: (keyof FaultSites)[] = []) {
  const clock = new VirtualClock();
  const done: string[] = [];
  const marks: { at: string; run: () => void }[] = [];
  const mark = (at: string, run: () => void) => {
    const entry = { at, run };
    marks.push(entry);
    return () => void (marks.includes(entry) && marks.splice(marks.indexOf(entry), 1));
  };
  const rules: ((answer: PlatformAnswer) => unknown)[] = [];
  const say = (what: string) => (on: boolean) => void done.push(`${what} ${on ? 'on' : 'off'}`);
  const all: Required<FaultSites> = {
    printer: {
      parts: new Set(['cutter', 'thermal head']),
      jam: say('jam'),
      paperOut: say('paper out'),
      paperNearEnd: say('near end'),
      loadPaper: (leftMm) => void done.push(`paper ${leftMm} mm`),
      coverOpen: say('cover open'),
      cutterJam: say('cutter jam'),
      overheat: say('overheat'),
      unrecoverable: say('unrecoverable'),
      offline: say('offline'),
      feedButton: say('feed button'),
      drawerOpen: say('drawer'),
      power: say('power'),
      mute: say('mute'),
      hang: say('hang'),
      slow: (factor) => void done.push(`slow ${factor}`),
      deadDots: (columns) => void done.push(`dead dots ${columns.join(' ')}`),
      fade: (share) => void done.push(`fade ${share}`),
      upsideDownPaper: say('upside-down paper'),
      ribbonBroken: say('ribbon broken'),
      wrongCodePage: (encoding) => void done.push(`code page ${encoding}`),
      afterLines: (lines, run) => mark(`after ${lines} lines`, run),
    },
    printerLink: {
      heldBytes: () => 0,
      unplug: () => void done.push('unplug'),
      plug: () => void done.push('plug'),
      rates: (rates) => void done.push(`rates ${rates?.host} ${rates?.printer}`),
      impair: (direction) => mark(`impair ${direction}`, () => {}),
      afterBytes: (bytes, run, direction) => mark(`after ${bytes} bytes ${direction}`, run),
    },
    network: {
      onRequest: () => mark('request', () => {}),
      refuse: () => mark('refuse', () => {}),
      swallow: () => mark('swallow', () => {}),
      takeDown: () => mark('down', () => {}),
      showCertificate: () => mark('certificate', () => {}),
    },
    platform: {
      onAnswer(rule) {
        rules.push(rule);
        return () => void rules.splice(rules.indexOf(rule), 1);
      },
      onRequest: () => mark('request', () => {}),
      confirm: (orderNo) => void done.push(`confirm ${orderNo}`),
      clock: (clock) => void done.push(`clock ${clock?.aheadMs}`),
    },
    notices: { onNotice: () => mark('notice', () => {}) },
    scanner: { onRead: () => mark('read', () => {}) },
    customer: {
      onApproach: () => mark('approach', () => {}),
      onShow: () => mark('show', () => {}),
      leaves: () => done.push('leaves') > 0,
      declinesTicket: () => done.push('declines') > 0,
    },
    operator: {
      onAmount: () => mark('amount', () => {}),
      onPress: () => mark('press', () => {}),
      cancels: () => done.push('cancels') > 0,
      skipsTicket: () => done.push('skips') > 0,
      startsAgain: () => 'over',
    },
    tills: { onRequest: () => () => done.push('till as usual') },
    terminal: {
      powerOff: (forMs) => {
        done.push(`power off ${forMs} ms`);
        return () => void done.push('power on');
      },
      forgets: true,
      shiftClock: (byMs) => mark(`clock ${byMs}`, () => {}),
      diskFull: say('disk full'),
      rot: () => mark('rot', () => {}),
    },
  };
  const present = Object.entries(all).filter(([site]) => !missing.some((name) => name === site));
  const sites: FaultSites = Object.fromEntries(present);
  const strike = (at: string) => {
    for (const entry of marks.filter((one) => one.at === at)) {
      marks.splice(marks.indexOf(entry), 1);
      entry.run();
    }
  };
  const watchers = new Set<(moment: Moment) => void>();
  const moments: Moments = {
    states: ['idle', 'settling', 'settling.authorizing', 'settling.querying', 'printing'],
    methods: ['alipay.trade.pay', 'alipay.trade.query'],
    records: ['payment', 'print-intent'],
    watch: (listener) => {
      watchers.add(listener);
      return () => void watchers.delete(listener);
    },
  };
  const happen = (...told: Moment[]) => {
    for (const moment of told) for (const watcher of [...watchers]) watcher(moment);
  };
  const random = seededRandom(1);
  const ground = missing.includes('terminal')
    ? { sites, clock, random }
    : { sites, clock, random, moments, events: clock };
  return { clock, done, marks, rules, strike, happen, watchers, board: new FaultBoard(ground) };
}

describe('a fault begins', () => {
  test('at once', () => {
    const { board, done, clock } = bench();
    expect(board.put({ fault: 'printer.paper-jam', when: 'now' })).toEqual({
      id: 'f1',
      fault: 'printer.paper-jam',
      when: 'now',
      attributes: {},
      begun: true,
      struckAtMs: clock.now(),
    });
    expect(done).toEqual(['jam on']);
  });

  test('after a while', () => {
    const { board, done, clock } = bench();
    const fault = board.put({ fault: 'printer.paper-out', when: { afterMs: 500 } });
    clock.advance(499);
    expect(done).toEqual([]);
    expect(fault.begun).toBe(false);
    clock.advance(1);
    expect(done).toEqual(['paper out on']);
    expect(fault.begun).toBe(true);
  });

  test('in the n-th line from now, counted from 1', () => {
    const { board, done, strike, marks } = bench();
    board.put({ fault: 'printer.cover-open', when: { line: 3 } });
    expect(marks.map(({ at }) => at)).toEqual(['after 2 lines']);
    strike('after 2 lines');
    expect(done).toEqual(['cover open on']);
  });

  test('when so many bytes have gone to the printer, also one of another place', () => {
    const { board, done, strike } = bench();
    board.put({ fault: 'printer.hang', when: { byte: 100 } });
    strike('after 100 bytes to-printer');
    expect(done).toEqual(['hang on']);
  });

  test('when so many bytes have come back from the printer', () => {
    const { board, done, marks, strike } = bench();
    board.put({ fault: 'printer.hang', when: { byte: 3, from: 'printer' } });
    expect(marks.map(({ at }) => at)).toEqual(['after 3 bytes to-host']);
    strike('after 3 bytes to-host');
    expect(done).toEqual(['hang on']);
  });

  test('between two events, when so many are over', () => {
    const { board, done, clock } = bench();
    const seen: string[] = [];
    const look = (event: string) => clock.setTimeout(() => seen.push(`${event}: ${done.join()}`), 1);
    board.put({ fault: 'printer.hang', when: { event: 2 } });
    for (const event of ['first', 'second', 'third']) look(event);
    clock.advance(1);
    expect(seen).toEqual(['first: ', 'second: ', 'third: hang on']);
  });

  test('when the n-th answer has arrived, or has been taken, of any method or of one', () => {
    const { board, done, happen } = bench();
    board.put({ fault: 'printer.mute', when: { answer: 2 } });
    board.put({ fault: 'printer.hang', when: { answer: 1, method: 'alipay.trade.query', at: 'taken' } });
    happen({ answer: 'alipay.trade.pay', at: 'arrived' }, { answer: 'alipay.trade.pay', at: 'taken' });
    expect(done).toEqual([]);
    happen({ answer: 'alipay.trade.query', at: 'arrived' });
    expect(done).toEqual(['mute on']);
    happen({ answer: 'alipay.trade.query', at: 'taken' });
    expect(done).toEqual(['mute on', 'hang on']);
  });

  test('when a state is entered from outside of it, by its path or the beginning of that', () => {
    const { board, done, happen, watchers } = bench();
    board.put({ fault: 'printer.mute', when: { state: 'settling' } });
    board.put({ fault: 'printer.hang', when: { state: 'settling.querying', nth: 2 } });
    happen({ state: 'set', from: 'idle' }, { state: 'idle', from: 'set' });
    expect(done).toEqual([]);
    happen({ state: 'settling.authorizing', from: 'idle' });
    expect(done).toEqual(['mute on']);
    happen({ state: 'settling.querying', from: 'settling.authorizing' });
    happen({ state: 'settling.pausing', from: 'settling.querying' });
    expect(done).toEqual(['mute on']);
    happen({ state: 'settling.querying', from: 'settling.pausing' });
    expect(done).toEqual(['mute on', 'hang on']);
    expect(watchers.size).toBe(0);
  });

  test('a state is not entered anew while the terminal moves about within it', () => {
    const { board, done, happen } = bench();
    board.put({ fault: 'printer.mute', when: { state: 'settling', nth: 2 } });
    happen({ state: 'settling.authorizing', from: 'idle' });
    happen({ state: 'settling.querying', from: 'settling.authorizing' });
    expect(done).toEqual([]);
    happen({ state: 'printing', from: 'settling.querying' }, { state: 'settling.authorizing', from: 'idle' });
    expect(done).toEqual(['mute on']);
  });

  test('at the n-th request from now, of any method or of one', () => {
    const { board, done, happen } = bench();
    board.put({ fault: 'printer.mute', when: { request: 3 } });
    board.put({ fault: 'printer.hang', when: { request: 2, method: 'alipay.trade.query' } });
    happen({ request: 'alipay.trade.pay' }, { request: 'alipay.trade.query' });
    expect(done).toEqual([]);
    happen({ request: 'alipay.trade.query' });
    expect(done).toEqual(['mute on', 'hang on']);
  });

  test('at an operation of the journal: durable, if nothing else is said', () => {
    const { board, done, happen } = bench();
    board.put({ fault: 'printer.mute', when: { journal: 'payment' } });
    board.put({ fault: 'printer.hang', when: { journal: 'payment', at: 'append', nth: 2 } });
    happen({ journal: 'payment', at: 'append' }, { journal: 'print-intent', at: 'synced' });
    expect(done).toEqual([]);
    happen({ journal: 'payment', at: 'synced' });
    expect(done).toEqual(['mute on']);
    happen({ journal: 'payment', at: 'append' });
    expect(done).toEqual(['mute on', 'hang on']);
  });

  test('never, once it was cleared', () => {
    const { board, done, happen, watchers } = bench();
    const { id } = board.put({ fault: 'printer.mute', when: { request: 1 } });
    board.clear(id);
    happen({ request: 'alipay.trade.pay' });
    expect([done, watchers.size]).toEqual([[], 0]);
  });

  test('at its usual moment if nothing is said', () => {
    const { board, marks, done } = bench();
    board.put({ fault: 'printer.paper-jam' });
    board.put({ fault: 'link.printer-lost' });
    board.put({ fault: 'printer.mute' });
    expect(marks.map(({ at }) => at)).toEqual(['after 5 lines', 'after 400 bytes to-printer']);
    expect(done).toEqual(['mute on']);
  });
});

describe('a fault ends', () => {
  test('when it is cleared, once', () => {
    const { board, done } = bench();
    const { id } = board.put({ fault: 'printer.mute' });
    expect(board.clear(id)).toBe(true);
    expect(board.clear(id)).toBe(false);
    expect(board.clear('f99')).toBe(false);
    expect(done).toEqual(['mute on', 'mute off']);
    expect(board.active()).toEqual([]);
  });

  test('after its time, counted from its beginning', () => {
    const { board, done, clock } = bench();
    board.put({ fault: 'printer.mute', when: { afterMs: 100 }, for: 50 });
    clock.advance(149);
    expect(done).toEqual(['mute on']);
    clock.advance(1);
    expect(done).toEqual(['mute on', 'mute off']);
    expect(board.active()).toEqual([]);
  });

  test('before it has begun, and then it never begins', () => {
    const { board, done, clock, marks } = bench();
    const waiting = board.put({ fault: 'printer.mute', when: { afterMs: 100 }, for: 50 });
    const marked = board.put({ fault: 'printer.paper-jam' });
    board.clear(waiting.id);
    board.clear(marked.id);
    clock.advance(1_000);
    expect(done).toEqual([]);
    expect(marks).toEqual([]);
  });

  test('and leaves no timer behind', () => {
    const { board, clock } = bench();
    board.put({ fault: 'printer.mute', for: 600_000 });
    board.put({ fault: 'printer.hang', when: { afterMs: 600_000 } });
    board.clearAll();
    expect(clock.pending).toBe(0);
    expect(board.active()).toEqual([]);
  });

  test('put in twice, with the last of the two', () => {
    const { board, done } = bench();
    const first = board.put({ fault: 'printer.mute' });
    const second = board.put({ fault: 'printer.mute' });
    const waiting = board.put({ fault: 'printer.mute', when: { line: 1_000 } });
    board.clear(first.id);
    expect(done).toEqual(['mute on', 'mute on']);
    board.clear(second.id);
    expect(done).toEqual(['mute on', 'mute on', 'mute off']);
    board.clear(waiting.id);
    expect(done.length).toBe(3);
  });

  test('of the platform each by itself', () => {
    const { board, rules } = bench();
    const { id } = board.put({ fault: 'platform.answer-lost' });
    board.put({ fault: 'platform.answer-delayed', delayMs: 5 });
    board.clear(id);
    expect(rules.map((rule) => rule(PAY))).toEqual([{ delayMs: 5 }]);
  });
});

describe('the list of faults', () => {
  test('shows each as it was put in, with the defaults filled in', () => {
    const { board, strike, clock } = bench();
    board.put({ fault: 'platform.answer-delayed', delayMs: 700, for: 1_000 });
    board.put({ fault: 'printer.paper-jam', when: { line: 2 } });
    strike('after 1 lines');
    expect(board.active()).toEqual([
      {
        id: 'f1',
        fault: 'platform.answer-delayed',
        when: 'now',
        for: 1_000,
        attributes: { delayMs: 700, method: 'alipay.trade.pay', times: 1 },
        begun: true,
      },
      {
        id: 'f2',
        fault: 'printer.paper-jam',
        when: { line: 2 },
        attributes: {},
        begun: true,
        struckAtMs: clock.now(),
      },
    ]);
  });
});

describe('a record that is not accepted', () => {
  test.each([
    [
      { fault: 'printer.paper-jma' },
      'PJ_FAULT_UNKNOWN',
      /^There is no fault printer\.paper-jma\. Did you mean printer\.paper-jam\? Known: printer\.paper-jam, printer\.paper-out, /,
    ],
    [{ fault: 'coffee' }, 'PJ_FAULT_UNKNOWN', /^There is no fault coffee\. Known: /],
    [{ fault: '__proto__' }, 'PJ_FAULT_UNKNOWN', /./],
    [
      { fault: 'platform.answer-delayed', delayMS: 5 },
      'PJ_FAULT_FIELD',
      /not accepted at its top: there is no key delayMS; did you mean delayMs\? \(allowed: delayMs, method, times, when, for\)/,
    ],
    [
      { fault: 'platform.answer-delayed', delayMs: -1 },
      'PJ_FAULT_FIELD',
      /^The fault platform\.answer-delayed is not accepted at delayMs: .*>=0 \(given: -1\)/,
    ],
    [{ fault: 'platform.answer-lost', times: 0 }, 'PJ_FAULT_FIELD', /at times: .*>=1/],
    [{ fault: 'platform.answer-lost', method: 'pay' }, 'PJ_FAULT_FIELD', /at method: .*"alipay\.trade\.pay"\|/],
    [{ fault: 'printer.mute', for: -1 }, 'PJ_FAULT_FIELD', /at for: .*>=0/],
    [{ fault: 'printer.mute', for: 3e9 }, 'PJ_FAULT_FIELD', /at for: .*<=86400000/],
    [{ fault: 'printer.mute', for: '50' }, 'PJ_FAULT_FIELD', /at for: .*expected number/],
    [{ fault: 'printer.mute', when: 'later' }, 'PJ_FAULT_FIELD', /at when: must be "now", .* \(given: "later"\)/],
    [{ fault: 'printer.mute', when: { line: 0 } }, 'PJ_FAULT_FIELD', /at when\.line: .*>=1 \(given: 0\)/],
    [
      { fault: 'printer.mute', when: { line: 1.5 } },
      'PJ_FAULT_FIELD',
      /at when\.line: .*expected int.*\(given: 1\.5\)/,
    ],
    [
      { fault: 'printer.mute', when: { line: 1, byte: 1 } },
      'PJ_FAULT_FIELD',
      /at when: there is no key byte.*\(allowed: line\)/,
    ],
    [{ fault: 'printer.mute', when: { afterMs: 3e9 } }, 'PJ_FAULT_FIELD', /at when\.afterMs: .*<=86400000/],
    [
      { fault: 'printer.mute', when: { state: 'settling.query' } },
      'PJ_FAULT_FIELD',
      /at when\.state: there is no "settling\.query"; did you mean settling\.querying\? \(allowed: idle, settling, /,
    ],
    [{ fault: 'printer.mute', when: { state: 'idle', nth: 0 } }, 'PJ_FAULT_FIELD', /at when\.nth: .*>=1 \(given: 0\)/],
    [{ fault: 'printer.mute', when: { request: 0 } }, 'PJ_FAULT_FIELD', /at when\.request: .*>=1/],
    [
      { fault: 'printer.mute', when: { request: 1, method: 'alipay.trade.pya' } },
      'PJ_FAULT_FIELD',
      /at when\.method: there is no "alipay\.trade\.pya"; did you mean alipay\.trade\.pay\?/,
    ],
    [
      { fault: 'printer.mute', when: { journal: 'paymnt' } },
      'PJ_FAULT_FIELD',
      /at when\.journal: there is no "paymnt"; did you mean payment\? \(allowed: payment, print-intent\)/,
    ],
    [
      { fault: 'printer.mute', when: { journal: 'payment', at: 'written' } },
      'PJ_FAULT_FIELD',
      /at when\.at: .*"append"\|"synced".*\(given: "written"\)/,
    ],
    [{ fault: 'printer.mute', when: { stat: 'idle' } }, 'PJ_FAULT_FIELD', /at when: must be "now", .*"state"/],
  ])('%j: %s', (record, code, words) => {
    const { board, done, clock, rules } = bench();
    expect(() => board.put(record)).toThrow(words);
    expect(() => board.put(record)).toThrow(expect.objectContaining({ code }));
    expect([board.active(), done, rules, clock.pending]).toEqual([[], [], [], 0]);
  });

  test.each([
    [{ fault: 'printer.mute' }, 'printer'],
    [{ fault: 'link.printer-lost' }, 'printerLink'],
    [{ fault: 'platform.answer-lost' }, 'platform'],
    [{ fault: 'platform.answer-lost', when: { line: 2 } }, 'printer'],
    [{ fault: 'platform.answer-lost', when: { byte: 2 } }, 'printerLink'],
    [{ fault: 'terminal.power-cut' }, 'terminal'],
    [{ fault: 'printer.mute', when: { state: 'idle' } }, 'terminal'],
    [{ fault: 'printer.mute', when: { request: 1 } }, 'terminal'],
    [{ fault: 'printer.mute', when: { journal: 'payment' } }, 'terminal'],
    [{ fault: 'terminal.misconfigured' }, 'platform'],
    [{ fault: 'terminal.misconfigured', what: 'code-page' }, 'printer'],
    [{ fault: 'terminal.misconfigured', what: 'baud' }, 'printerLink'],
    [{ fault: 'printer.mute', when: { answer: 1 } }, 'terminal'],
  ] as const)('%j in a world without %s is impossible, and is not left on the list', (record, place) => {
    const { board } = bench([place]);
    expect(() => board.put(record)).toThrow(`this world has no ${place} that can be made to fail`);
    expect(() => board.put(record)).toThrow(expect.objectContaining({ code: 'PJ_FAULT_IMPOSSIBLE' }));
    expect(board.active()).toEqual([]);
  });
});

test('events are counted in virtual time only', () => {
  const { board } = bench(['terminal']);
  const put = () => board.put({ fault: 'printer.mute', when: { event: 3 } });
  expect(put).toThrow('this world has no events that can be counted: they are in virtual time only');
  expect(put).toThrow(expect.objectContaining({ code: 'PJ_FAULT_IMPOSSIBLE' }));
  expect(board.active()).toEqual([]);
});

test('each fault has chance of its own: another one beside it changes nothing for it', () => {
  const lost = (...others: FaultRecord[]) => {
    const clock = new VirtualClock();
    const cable = memoryLinkPair(clock);
    const printer = new Collector();
    cable.host.open(new Collector());
    cable.device.open(printer);
    clock.advance(0);
    const board = new FaultBoard({ sites: { printerLink: cable.site }, clock, random: seededRandom(7) });
    board.put({ fault: 'link.drop', share: 0.5 });
    for (const other of others) board.put(other);
    cable.host.write(allBytes(256));
    clock.advance(1_000);
    return [...printer.bytes];
  };
  expect(lost()).toEqual(lost({ fault: 'link.delay', jitterMs: 100 }));
  expect(lost()).not.toEqual(lost({ fault: 'link.drop', share: 0.5 }));
});
