import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Comparison, DIFFERENCES_TOLD, differenceText } from '../../../src/world/replay/comparison.js';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

function comparison(speed = 1) {
  const told: string[] = [];
  const compare = new Comparison((difference) => told.push(differenceText(difference)), speed);
  return { told, compare };
}

describe('answers are compared by their question', () => {
  test('a paper end then, all clear now', () => {
    const { told, compare } = comparison();
    compare.sent(hex('10 04 04'), 1_000);
    compare.replied('recorded', hex('7e'), 1_001);
    compare.replied('here', hex('12'), 1_001.5);
    expect(told).toEqual(['1.001000 s >0 DLE EOT 4: recorded 7e paper near end, paper end, here 12 all clear']);
    expect(compare.finish(10_000)).toMatchObject({ recorded: 1, here: 1, same: 0, different: 1 });
  });

  test('later here than then, or earlier, is the same', () => {
    const { told, compare } = comparison();
    compare.sent(hex('1d 72 01 10 04 01'), 0);
    compare.replied('here', hex('12'), 1);
    compare.replied('recorded', hex('12 00'), 2);
    compare.replied('here', hex('00'), 50_000);
    expect(told).toEqual([]);
    expect(compare.finish(60_000)).toMatchObject({ same: 2, different: 0 });
  });

  test('a question in the middle that was not answered then shifts nothing', () => {
    const { told, compare } = comparison();
    for (const [atMs, then] of [
      [0, '12'],
      [5_000, ''],
      [10_000, '16'],
    ] as const) {
      compare.sent(hex('10 04 01'), atMs);
      compare.replied('recorded', hex(then), atMs + 1);
      compare.replied('here', hex('12'), atMs + 2);
    }
    compare.finish(20_000);
    expect(told).toEqual([
      '5.000000 s >3 DLE EOT 1: recorded nothing, here 12 all clear',
      '10.001000 s >6 DLE EOT 1: recorded 16 drawer pin high, here 12 all clear',
    ]);
  });
});

describe('what came unasked is compared by its order', () => {
  const then = (compare: Comparison, ...all: string[]) => {
    for (const bytes of all) compare.replied('recorded', hex(bytes), 0);
  };
  const now = (compare: Comparison, ...all: string[]) => {
    for (const bytes of all) compare.replied('here', hex(bytes), 0);
  };

  test('one that is missing here is the only difference', () => {
    const { told, compare } = comparison();
    then(compare, '10000000', '18040000', '10000000', '10000300');
    now(compare, '10000000', '10000300');
    const { same, different } = compare.finish(0);
    expect(told).toEqual([
      '0.000000 s <4 automatic status: recorded 18 04 00 00 offline, mechanical error, here nothing',
      '0.000000 s <8 automatic status: recorded 10 00 00 00 all clear, here nothing',
    ]);
    expect({ same, different }).toEqual({ same: 2, different: 2 });
  });

  test('XON and XOFF are counted, and compared with nothing', () => {
    const { told, compare } = comparison();
    then(compare, '13 11 13 11');
    now(compare, '13');
    expect(compare.finish(0)).toMatchObject({ same: 0, different: 0, xoff: { recorded: 2, here: 1 } });
    expect(told).toEqual([]);
  });

  test('noise then is named as noise', () => {
    const { told, compare } = comparison();
    then(compare, 'ff');
    compare.finish(0);
    expect(told).toEqual(['0.000000 s <0 noise: recorded ff no reply, here nothing']);
  });
});

test('with whatever is asked and answered, the same answers are the same, and none is counted twice', () => {
  const sent = fc.record({
    kind: fc.constant('sent' as const),
    bytes: fc.constantFrom('100401', '1d7201', '1d610e', '1d4943'),
  });
  const replied = fc.record({
    kind: fc.constant('replied' as const),
    bytes: fc.constantFrom('12', '00', '10000000', '5f4100', '372500', 'ff', '13', '1c00'),
  });
  fc.assert(
    fc.property(fc.array(fc.oneof(sent, replied), { maxLength: 60 }), (steps) => {
      const { told, compare } = comparison();
      steps.forEach(({ kind, bytes }, i) => {
        if (kind === 'sent') compare.sent(hex(bytes), i);
        else for (const side of ['recorded', 'here'] as const) compare.replied(side, hex(bytes), i);
      });
      const { recorded, here, same, different } = compare.finish(steps.length);
      expect(told).toEqual([]);
      expect(different).toBe(0);
      expect([recorded, here]).toEqual([same, same]);
    }),
  );
});

test('a flood of garbage is counted to its last byte, and told up to a bound', () => {
  const { told, compare } = comparison();
  for (let i = 0; i < 40; i++) compare.replied('recorded', Buffer.alloc(1_000, 0xff), i);
  expect(compare.finish(60_000)).toMatchObject({ recorded: 40_000, different: 40_000 });
  expect(told.length).toBe(DIFFERENCES_TOLD);
});

test('questions that nobody answers are not kept for ever', () => {
  const { told, compare } = comparison();
  for (let i = 0; i < 20; i++) compare.sent(Buffer.from('\x1dr\x01'.repeat(1_000), 'latin1'), i);
  expect(compare.openQuestions).toBeLessThan(5_000);
  // The youngest are those that can still be answered.
  for (const side of ['recorded', 'here'] as const) compare.replied(side, hex('00'), 30);
  expect(compare.finish(60_000)).toMatchObject({ same: 1, different: 0 });
  expect(told).toEqual([]);
});
