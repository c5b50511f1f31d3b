import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportHtml } from '../../src/fixture/report/html.js';
import { FAILED, PASSED, SAMPLE, suiteOf } from '../fixture/report/sample.js';
import { describeInBrowser, launchBrowser, openPage } from './chromium.js';
import { BROKEN_PICTURES, OVERFLOW, POOR_CONTRAST, shown } from './in-page.js';

const WIDTHS = [390, 1100] as const;
const SCHEMES = ['light', 'dark'] as const;

describeInBrowser('the report of fixtures, in a browser without a network', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperjam-report-'));
  const file = (name: string, html: string) => {
    writeFileSync(join(folder, name), html);
    return pathToFileURL(join(folder, name)).href;
  };
  const url = file('report.html', reportHtml(SAMPLE));
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (
    width = 1100,
    colorScheme: (typeof SCHEMES)[number] = 'light',
    more: { javaScriptEnabled?: boolean } = {},
  ) => openPage(browser, url, { viewport: { width, height: 900 }, colorScheme, ...more });

  test.each(WIDTHS.flatMap((width) => SCHEMES.map((scheme) => [width, scheme] as const)))(
    'is whole at %i px, %s: nothing is fetched, nothing complains, nothing sticks out, every picture is there, all can be read',
    async (width, scheme) => {
      await using opened = await open(width, scheme);
      const { page, requests, complaints } = opened;
      await page.click('#open-all');
      expect(await page.evaluate(OVERFLOW)).toBe(0);
      expect(await page.evaluate('document.images.length')).toBeGreaterThanOrEqual(4);
      expect(await page.evaluate(BROKEN_PICTURES)).toEqual([]);
      const { looked, poor } = await page.evaluate<{ looked: number; poor: string[] }>(POOR_CONTRAST);
      expect(looked).toBeGreaterThan(200);
      expect(poor).toEqual([]);
      expect(requests).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  const runs = 'details.one';

  test('shows just what is asked for, by outcome', async () => {
    await using opened = await open();
    const { page } = opened;
    const outcomes = () => page.evaluate<string[]>(shown(runs));
    expect(await outcomes()).toEqual(['passed', 'failed', 'broken', 'skipped', 'failed']);
    for (const outcome of ['failed', 'broken', 'skipped', 'passed']) {
      await page.check(`#show-${outcome}`);
      expect(new Set(await outcomes())).toEqual(new Set([outcome]));
    }
    expect(await page.evaluate(shown('section.fixture'))).toHaveLength(1);
  });

  test('finds runs by words of title, cause, device and problem, in either language', async () => {
    await using opened = await open();
    const { page } = opened;
    const found = async (words: string) => {
      await page.fill('#words', words);
      return page.evaluate<string[]>(shown(runs));
    };
    expect(await found('half t88v')).toEqual(['failed']);
    expect(await page.textContent('#found')).toBe('1 of 5');
    expect(await found('平台响应')).toEqual(['broken']);
    expect(await found('RIBBON-BREAK')).toEqual(['skipped']);
    expect(await found('no such words')).toEqual([]);
    expect(await page.evaluate(shown('section.fixture'))).toEqual([]);
    expect(await found('')).toHaveLength(5);
    await page.check('#show-failed');
    expect(await found('line=1')).toEqual(['failed']);
  });

  test('without its script shows everything, filters by outcome, and has no search that does nothing', async () => {
    await using opened = await open(1100, 'light', { javaScriptEnabled: false });
    const { page } = opened;
    expect(await page.isVisible('#words')).toBe(false);
    await page.check('#show-broken');
    expect(await page.isVisible('#run-3')).toBe(true);
    expect(await page.isVisible('#run-2')).toBe(false);
    expect(opened.requests).toEqual([]);
  });

  test('leads from what failed to its run, even when that is filtered away', async () => {
    await using opened = await open();
    const { page } = opened;
    await page.check('#show-passed');
    await page.click('.reasons a[href="#run-3"]');
    await page.locator('#run-3 .repeat code').waitFor({ state: 'visible' });
  });

  test('lets hostile words be words', async () => {
    await using opened = await open();
    const { page } = opened;
    expect(await page.evaluate('typeof window.hacked')).toBe('undefined');
    expect(await page.evaluate('document.scripts.length')).toBe(1);
    expect(await page.evaluate('document.querySelectorAll("[onerror]").length')).toBe(0);
    expect(await page.textContent('#run-5 .problems')).toContain('</script></style><script>window.hacked=1</script>');
  });

  test('would let no script run but its own, and fetch nothing, even if markup got in', async () => {
    await using opened = await open();
    const { page, complaints } = opened;
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend',
      '<img id="planted" src="http://127.0.0.1:9/x.png" onerror="window.hacked = 1">');
      const script = document.createElement('script'); script.textContent = 'window.hacked = 2'; document.body.append(script);`);
    await page.evaluate(`new Promise((resolve) => { const image = document.getElementById('planted');
      image.complete ? resolve() : image.addEventListener('error', resolve); })`);
    expect(await page.evaluate('typeof window.hacked')).toBe('undefined');
    expect(complaints).toHaveLength(3);
    for (const complaint of complaints) expect(complaint).toContain('Content Security Policy');
  });

  test('draws a timeline whose words meet neither each other nor the edge', async () => {
    await using opened = await open();
    const found = await opened.page.evaluate<{ labels: number; wrong: string[] }>(`(() => {
      const svg = document.querySelector('#run-2 .timeline svg');
      const frame = svg.getBoundingClientRect();
      const texts = [...svg.querySelectorAll('text')].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
      const wrong = [];
      for (const [i, { text, box }] of texts.entries()) {
        if (box.left < frame.left - 1 || box.right > frame.right + 1) wrong.push('outside: ' + text);
        for (const other of texts.slice(i + 1)) {
          const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
          const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
          if (across > 1 && down > 4) wrong.push('meet: ' + text + ' | ' + other.text);
        }
      }
      return { labels: texts.length, wrong };
    })()`);
    expect(found.labels).toBeGreaterThan(35);
    expect(found.wrong).toEqual([]);
    const tips = await opened.page.evaluate<string[]>(
      `[...document.querySelectorAll('#run-2 .timeline title')].map((title) => title.textContent)`,
    );
    expect(tips).toContain('0.620 to 31.050 s: mechanical error');
    expect(tips).toContain('1.101 s: steps[3].expect.sales.coffee.ticket: expected printed, was partial');
  });

  test('opens with five hundred runs, and searches them', async () => {
    const many = Array.from({ length: 500 }, (_, i) => ({
      ...(i % 20 === 0 ? FAILED : PASSED),
      seed: i,
      file: `f${i % 60}.yaml`,
    }));
    await using opened = await openPage(browser, file('many.html', reportHtml(suiteOf(many))));
    const { page } = opened;
    expect(await page.evaluate(`document.querySelectorAll('${runs}').length`)).toBe(500);
    await page.fill('#words', 'f7.yaml');
    expect(await page.textContent('#found')).toBe('9 of 500');
    expect(new Set(await page.evaluate<string[]>(shown(runs)))).toEqual(new Set(['passed']));
  });
});
