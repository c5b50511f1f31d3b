import { describe, expect, test } from 'vitest';
import type { RunRecord } from '../../../src/station/record.js';
import { reportHtml } from '../../../src/station/report/html.js';
import { SAMPLE, SAMPLE_BYTES } from '../sample.js';

describe('the page of a run', () => {
  const html = reportHtml(SAMPLE, SAMPLE_BYTES);

  test('refers to nothing outside of itself but the files beside it', () => {
    const markup = html.replace(/<style>.*?<\/style>/s, '');
    const sources = [...markup.matchAll(/ src="([^"]*)"/g)].map(([, source = '']) => source.slice(0, 22));
    expect(sources).toEqual(['data:image/png;base64,', 'data:image/png;base64,']);
    const links = [...markup.matchAll(/ href="([^"]*)"/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !/^(#phase-[\d\w-]+|\.\/[^:]+)$/.test(link))).toEqual([]);
    expect(html).not.toMatch(/@import|url\(|<link|<script|<iframe|<object/);
  });

  test('keeps an end of its style to itself', () => {
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    expect(html.match(/<\/title>/g)?.length).toBe(html.match(/<title>/g)?.length);
  });

  test('has no place twice', () => {
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(30);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('only names a picture whose bytes are not there', () => {
    const without = reportHtml(SAMPLE, new Map());
    expect(without).not.toContain('<img');
    expect(without).toContain('<a href="./paper/character-sets.png">paper/character-sets.png</a>');
  });

  test('is there for a run that ended before its first phase', () => {
    const record: RunRecord = { ...SAMPLE, outcome: 'ABORTED', why: 'Ctrl-C', phases: [], faults: [] };
    const early = reportHtml(record, new Map());
    expect(early).toContain('<strong>ABORTED</strong><span>nothing measured</span>');
    expect(early).toContain('<p class="why">Ctrl-C</p>');
    expect(early).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('says at its top in which phase each failure is, and why', () => {
    const [phase] = SAMPLE.phases;
    if (phase === undefined) throw new Error('the sample is empty');
    const failed = {
      name: 'x.y',
      title: 'automatic status',
      outcome: 'FAIL' as const,
      value: false,
      note: 'cover open',
    };
    const page = reportHtml({ ...SAMPLE, phases: [{ ...phase, title: 'Cover', measurements: [failed] }] }, new Map());
    const [head = ''] = page.split('</header>');
    expect(head).toMatch(/<li>Cover: <a href="#phase-1-m1">automatic status<\/a>/);
    expect(head).toContain('<span class="cause">cover open</span>');
  });

  test('says that a fact is not known rather than nothing', () => {
    const { profile, printer } = SAMPLE.dut;
    const early = reportHtml({ ...SAMPLE, dut: { profile, printer, firmware: '' } }, new Map());
    expect(early).toContain('<h1>epson-tm-t88v</h1>');
    expect(early).toContain('<dt>Firmware</dt><dd><span class="absent">–</span></dd>');
  });

  test('of a run of thousands of measurements is made in seconds', () => {
    const [phase] = SAMPLE.phases;
    if (phase === undefined) throw new Error('the sample is empty');
    const measurements = Array.from({ length: 5_000 }, (_, i) => ({
      name: `m.${i}`,
      title: `Measurement ${i}`,
      value: i,
      limits: { min: 0, max: 4_000 },
      outcome: i <= 4_000 ? ('PASS' as const) : ('FAIL' as const),
    }));
    const startMs = performance.now();
    const long = reportHtml({ ...SAMPLE, phases: [{ ...phase, measurements }] }, new Map());
    expect(long.match(/<tr id=/g)).toHaveLength(5_000);
    expect(performance.now() - startMs).toBeLessThan(10_000);
  });
});
