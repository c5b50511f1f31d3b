import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { describe, test } from 'vitest';
import { browserAdvice, findBrowser } from '../../src/bootstrap/browser.mjs';

const ARGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'].concat([
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]);

/** Tests that open a page. Without a browser they are skipped and say what to install; where `CI` is `true`, they fail. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (findBrowser() !== undefined) {
    describe(name, tests);
    return;
  }
  test(name, (context) => {
    if (process.env.CI === 'true') throw new Error(browserAdvice());
    context.skip(browserAdvice());
  });
}

/** A Chromium with a profile of its own. `PAPERJAM_CHROMIUM`, or the first on the PATH. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error(browserAdvice());
  return chromium.launch({ executablePath, args: ARGS });
}

export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** Addresses that the page asked for, the page itself left out. */
  readonly requests: readonly string[];
  /** What stands on its console, and what it threw. */
  readonly complaints: readonly string[];
}

/** Opens a file without a network, and keeps what it asks for and complains about. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ offline: true, ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) requests.push(request.url());
  });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, requests, complaints, [Symbol.asyncDispose]: () => context.close() };
}
