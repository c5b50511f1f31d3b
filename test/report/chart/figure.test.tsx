import { describe, expect, test } from 'vitest';
import type { ChartData } from '../../../src/report/chart/data.js';
import { ChartFigure } from '../../../src/report/chart/figure.js';
import { markup } from '../../../src/report/page.js';

const KINDS = ['histogram', 'line', 'bars'] as const;

function draw(kind: ChartData['kind'], points: ChartData['points'], more: Partial<ChartData> = {}): string {
  const x = { label: 'latency', unit: 'ms' };
  return markup(<ChartFigure chart={{ title: 'Idle', kind, x, y: { label: 'answers' }, points, ...more }} />);
}

/** Each number in a place or size attribute, and in a path. */
function numbersIn(svg: string): string[] {
  const attributes = [...svg.matchAll(/ (?:x|y|x1|x2|y1|y2|cx|cy|r|width|height|d)="([^"]*)"/g)];
  return attributes.flatMap(([, value = '']) => value.split(/[ MLHVZ]+/).filter((part) => part !== ''));
}

const DEGENERATE: ReadonlyArray<readonly [name: string, points: ChartData['points']]> = [
  ['one point', [[3, 5]]],
  ['one point at zero', [[0, 0]]],
  [
    'values that are all equal',
    [
      [1, 4],
      [2, 4],
      [3, 4],
      [4, 4],
    ],
  ],
  [
    'the same place twice',
    [
      [1, 4],
      [1, 4],
    ],
  ],
  [
    'counts of zero',
    [
      [1, 0],
      [2, 0],
    ],
  ],
  [
    'negative values',
    [
      [-5, -4],
      [0, 3],
      [5, -1],
    ],
  ],
  [
    'values that are no numbers',
    [
      [1, Number.NaN],
      [2, Number.POSITIVE_INFINITY],
      [3, 2],
    ],
  ],
  ['nothing but such', [[1, Number.NaN]]],
  [
    'words for places',
    [
      ['9600', 1],
      ['汉字', 2],
      ['', 3],
    ],
  ],
  [
    'tiny values',
    [
      [1e-300, 1e-300],
      [2e-300, 2e-300],
    ],
  ],
  [
    'the largest values there are',
    [
      [-1.7e308, -1.7e308],
      [1.7e308, 1.7e308],
    ],
  ],
  [
    'values a hair apart',
    [
      [1e15, 1e15],
      [1e15 + 1, 1e15 + 1],
    ],
  ],
  ['as many points as a long run leaves', Array.from({ length: 50_000 }, (_, i) => [i, (i * 7_919) % 1_000] as const)],
];

describe.each(KINDS)('a chart of the kind %s', (kind) => {
  test.each(DEGENERATE)('is drawn in finite numbers from %s', (_, points) => {
    const numbers = numbersIn(draw(kind, points));
    expect(numbers.length).toBeGreaterThan(3);
    expect(numbers.filter((number) => !Number.isFinite(Number(number)))).toEqual([]);
  });

  test('keeps every bar within the picture, and gives none a negative size', () => {
    for (const [, points] of DEGENERATE) {
      const svg = draw(kind, points);
      const height = Number(/viewBox="0 0 420 ([\d.]+)"/.exec(svg)?.[1]);
      for (const [, attributes = ''] of svg.matchAll(/<rect ([^>]*)>/g)) {
        const at = (name: string) => Number(new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1]);
        expect(at('width')).toBeGreaterThan(0);
        expect(at('height')).toBeGreaterThanOrEqual(0);
        expect(at('x') + at('width')).toBeLessThanOrEqual(421);
        expect(at('y') + at('height')).toBeLessThanOrEqual(height);
      }
    }
  });

  test('without points says so', () => {
    expect(draw(kind, [])).toBe(
      '<figure class="chart"><figcaption>Idle</figcaption><p class="empty">no values</p></figure>',
    );
  });

  test('has a title, axes with their units, and words for those who do not see it', () => {
    const svg = draw(kind, [
      [1, 2],
      [2, 4],
      [3, 8],
    ]);
    expect(svg).toContain('<figcaption>Idle</figcaption>');
    expect(svg).toContain('>latency (ms)</text>');
    expect(svg).toContain('>answers</text>');
    expect(svg).toMatch(/<svg [^>]*role="img" aria-label="Idle: [^"]+"/);
  });

  test('takes hostile words for words', () => {
    const hostile = '"><script>alert(1)</script>';
    const svg = draw(kind, [[hostile, 1]], { title: hostile, x: { label: hostile, unit: hostile } });
    expect(svg).not.toContain('<script');
  });
});

describe('a histogram', () => {
  const bins: ChartData['points'] = [
    [0, 50],
    [10, 49],
    [20, 1],
  ];

  test('has the marks that it is given, at their places, and none outside of it', () => {
    const marks = [
      { label: 'p50', at: 9.5 },
      { label: 'p99', at: 20.25 },
      { label: 'far', at: 500 },
    ];
    const svg = draw('histogram', bins, { marks });
    expect(svg).toContain('>p50 9.5</text>');
    expect(svg).toContain('>p99 20.25</text>');
    expect(svg).not.toContain('far');
    expect(svg).toContain('aria-label="Idle: 100 values, p50 9.5 ms, p99 20.25 ms"');
    expect(svg).toContain('<title>10 to 20 ms: 49</title>');
  });

  test('puts two marks that would meet on two lines', () => {
    const heights = (...ats: readonly [number, number]) => {
      const marks = ats.map((at, i) => ({ label: `p${i}`, at }));
      return [...draw('histogram', bins, { marks }).matchAll(/y="([\d.]+)">p\d/g)].map(([, y]) => y);
    };
    expect(heights(10, 20)).toEqual(['32', '32']);
    expect(new Set(heights(0.2, 0.1)).size).toBe(2);
  });
});

describe('bars', () => {
  test('stand while their names have room, and lie when they have none', () => {
    const standing = draw('bars', [
      ['9600', 958],
      ['115200', 10_911],
    ]);
    expect(standing).toContain('>115200</text>');
    expect(standing).toContain('viewBox="0 0 420 216"');
    const lying = draw(
      'bars',
      Array.from({ length: 12 }, (_, i) => [`Symbol number ${i + 1}`, i] as const),
    );
    expect(lying).toContain(`viewBox="0 0 420 ${12 * 19 + 66}"`);
    expect(lying).toContain('>Symbol number 12</text>');
  });
});

test('of very many bars the first are drawn, and the others counted', () => {
  const svg = draw(
    'bars',
    Array.from({ length: 1_060 }, (_, i) => [`n${i + 1}`, i] as const),
  );
  expect(svg).toContain('>n60</text>');
  expect(svg).not.toContain('>n61</text>');
  expect(svg).toContain('<p>and 1,000 more</p>');
});

describe('a line', () => {
  test('of many points looks the same and takes little room: its peaks are kept', () => {
    const svg = draw(
      'line',
      Array.from({ length: 50_000 }, (_, i) => [i, i === 31_234 ? 100 : 1] as const),
    );
    expect(svg.length).toBeLessThan(30_000);
    const ys = [...svg.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));
    expect(Math.min(...ys)).toBe(24);
  });

  test('of few points shows each', () => {
    expect(
      draw('line', [
        [1, 2],
        [2, 4],
      ]),
    ).toContain('<title>2 ms: 4</title>');
  });
});
