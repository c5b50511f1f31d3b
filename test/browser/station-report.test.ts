import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeRun } from '../../src/station/report/write-run.js';
import { SAMPLE, SAMPLE_BYTES } from '../station/sample.js';
import { describeInBrowser, launchBrowser, openPage } from './chromium.js';
import { BROKEN_PICTURES, OVERFLOW, POOR_CONTRAST, shown } from './in-page.js';

const WIDTHS = [390, 1280] as const;
const SCHEMES = ['light', 'dark'] as const;

describeInBrowser('the report of the station, in a browser without a network', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperjam-report-'));
  const { html, junit } = writeRun(folder, SAMPLE, SAMPLE_BYTES);
  const url = pathToFileURL(html).href;
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (width = 1280, colorScheme: (typeof SCHEMES)[number] = 'light') =>
    openPage(browser, url, { viewport: { width, height: 900 }, colorScheme });

  test.each(WIDTHS.flatMap((width) => SCHEMES.map((scheme) => [width, scheme] as const)))(
    'is whole at %i px, %s: nothing is fetched, nothing complains, nothing sticks out, every picture is there, all can be read',
    async (width, scheme) => {
      await using opened = await open(width, scheme);
      const { page, requests, complaints } = opened;
      expect(await page.evaluate(OVERFLOW)).toBe(0);
      expect(await page.evaluate('document.images.length')).toBe(2);
      expect(await page.evaluate(BROKEN_PICTURES)).toEqual([]);
      const { looked, poor } = await page.evaluate<{ looked: number; poor: string[] }>(POOR_CONTRAST);
      expect(looked).toBeGreaterThan(200);
      expect(poor).toEqual([]);
      expect(requests).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  test('is dark where that is preferred', async () => {
    const papers: unknown[] = [];
    for (const scheme of SCHEMES) {
      await using opened = await open(1280, scheme);
      papers.push(await opened.page.evaluate('getComputedStyle(document.body).backgroundColor'));
    }
    expect(papers).toEqual(['rgb(252, 252, 250)', 'rgb(21, 23, 26)']);
  });

  test('says the outcome in large', async () => {
    await using opened = await open();
    expect(await opened.page.textContent('.verdict strong')).toBe('ERROR');
    expect(await opened.page.title()).toBe('ERROR: EPSON TM-T88V, 20260302T013000Z-7f3a');
  });

  test('lets hostile words be words', async () => {
    await using opened = await open();
    const { page } = opened;
    expect(await page.evaluate('typeof window.hacked')).toBe('undefined');
    expect(await page.evaluate('document.scripts.length')).toBe(0);
    expect(await page.textContent('#phase-8-m1 .note')).toContain('</style></title><script>window.hacked=1</script>');
    expect(await page.evaluate('document.querySelectorAll("[onerror]").length')).toBe(0);
  });

  test('would let no script run, and fetch nothing, even if markup got in', async () => {
    await using opened = await open();
    const { page, complaints } = opened;
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend',
      '<img id="planted" src="http://127.0.0.1:9/x.png" onerror="window.hacked = 1">')`);
    const failed = `new Promise((resolve) => { const image = document.getElementById('planted');
      image.complete ? resolve() : image.addEventListener('error', resolve); })`;
    await page.evaluate(failed);
    expect(await page.evaluate('typeof window.hacked')).toBe('undefined');
    expect(complaints).toEqual([
      expect.stringMatching(/(inline event handler|http:.*x\.png).*Content Security Policy/s),
      expect.stringMatching(/(inline event handler|http:.*x\.png).*Content Security Policy/s),
    ]);
  });

  test('shows just what is asked for', async () => {
    await using opened = await open();
    const { page } = opened;
    const rows = async () => (await page.evaluate<string[]>(shown('tr[data-outcome]'))).sort();
    const phases = () => page.evaluate<string[]>(shown('.phase'));
    expect(await rows()).toHaveLength(25);
    await page.check('#show-fail');
    expect(await rows()).toEqual(['FAIL', 'FAIL', 'FAIL', 'FAIL']);
    expect(await phases()).toEqual(['FAIL', 'FAIL', 'FAIL']);
    expect(await page.evaluate(shown('figure'))).toEqual([]);
    await page.check('#show-marginal');
    expect(await rows()).toEqual(['MARGINAL']);
    await page.check('#show-skipped');
    expect(await rows()).toEqual(['SKIPPED', 'SKIPPED', 'SKIPPED']);
    await page.check('#show-pass');
    expect(await rows()).toHaveLength(17);
    await page.check('#show-all');
    expect(await rows()).toHaveLength(25);
    expect(await phases()).toHaveLength(10);
  });

  test('prints all of it, on white, whatever is shown', async () => {
    await using opened = await open(1280, 'dark');
    const { page } = opened;
    await page.check('#show-fail');
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(shown('tr[data-outcome]'))).toHaveLength(25);
    expect(await page.evaluate(shown('.filter'))).toEqual([]);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(252, 252, 250)');
  });

  test('shows a picture dot for dot, and closes it again', async () => {
    await using opened = await open();
    const { page } = opened;
    const size = () =>
      page.evaluate<number[]>(
        `(() => { const image = document.querySelector('#phase-5-p1 img'); return [image.clientWidth, image.naturalWidth]; })()`,
      );
    const [small = 0, natural = 0] = await size();
    expect(small).toBeLessThan(natural);
    await page.click('#phase-5-p1 .open');
    expect(await size()).toEqual([natural, natural]);
    await page.click('#phase-5-p1 .close');
    expect(await size()).toEqual([small, natural]);
  });

  test('leads from what failed to where it stands', async () => {
    await using opened = await open();
    const { page } = opened;
    await page.click('.reasons a:text("Line utilisation at 115200 baud")');
    expect(await page.textContent(':target')).toContain('97.9996');
    const links = await page.evaluate<string[]>(
      `[...document.querySelectorAll('a[href^="#"]')].map((a) => a.hash.slice(1)).filter((id) => !document.getElementById(id))`,
    );
    expect(links).toEqual([]);
  });

  test('has labels in its charts that keep within the picture and apart from each other', async () => {
    await using opened = await open(390);
    const found = await opened.page.evaluate<{ labels: number; wrong: string[] }>(`(() => {
      const wrong = [];
      let labels = 0;
      for (const svg of document.querySelectorAll('svg.chart')) {
        const frame = svg.getBoundingClientRect();
        const texts = [...svg.querySelectorAll('text')].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
        labels += texts.length;
        for (const [i, { text, box }] of texts.entries()) {
          if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1) wrong.push('outside: ' + text);
          for (const other of texts.slice(i + 1)) {
            const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
            const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
            if (across > 0.5 && down > 3) wrong.push('meet: ' + text + ' | ' + other.text);
          }
        }
      }
      return { labels, wrong };
    })()`);
    expect(found.labels).toBeGreaterThan(40);
    expect(found.wrong).toEqual([]);
  });

  test('has a JUnit XML beside it that a browser’s XML parser takes', async () => {
    await using opened = await open();
    const parsed = await opened.page.evaluate(`(() => {
      const document = new DOMParser().parseFromString(${JSON.stringify(readFileSync(junit, 'utf8'))}, 'application/xml');
      return [document.querySelector('parsererror')?.textContent ?? '', document.querySelectorAll('testcase').length];
    })()`);
    expect(parsed).toEqual(['', 26]);
  });
});
