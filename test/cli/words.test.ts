import { expect, test } from 'vitest';
import { countersText } from '../../src/cli/words.js';
import type { DriverCounters } from '../../src/ports/printer.js';

const COUNTERS: DriverCounters = {
  jobs: { printed: 3, partial: 1, 'not-printed': 0, unknown: 0, unconfirmed: 0 },
  lines: 71,
  cuts: 3,
  paperMm: 301.5,
  faults: { 'mechanical-error': 1, 'link-lost': 2 },
  sentBytes: 1,
  receivedBytes: 1,
  reconnects: 2,
};

test('what the driver has done is told in a line, its faults last', () => {
  expect(countersText(COUNTERS, 'en')).toBe(
    'jobs 4 (printed 3), lines 71, cuts 3, paper 301.5 mm, reconnects 2, mechanical-error ×1, link-lost ×2',
  );
  expect(countersText({ ...COUNTERS, faults: {} }, 'zh')).toBe(
    '任务 4(已打印 3),71 行,切纸 3 次,走纸 301.5 mm,重连 2 次',
  );
});
