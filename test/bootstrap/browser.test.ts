import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { browserAdvice, ensureBrowser, findBrowser } from '../../src/bootstrap/browser.mjs';

describe('a browser for the tests', () => {
  let folder: string;
  let said: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'paperjam browser-'));
    said = '';
    mkdirSync(join(folder, 'bin'));
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true, force: true });
  });

  const program = (name: string, text: string) => {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
    return join(folder, 'bin', name);
  };

  /** A PATH with nothing but what the test has put there. */
  const machine = (more: Readonly<Record<string, string>> = {}) => ({
    env: { PATH: join(folder, 'bin'), ...more },
    debian: true,
    superuser: true,
  });
  const log = () => (existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '');

  test('is what PAPERJAM_CHROMIUM names, or else what the PATH has', () => {
    expect(findBrowser({ PATH: join(folder, 'bin') })).toBe(undefined);
    const chrome = program('google-chrome', '');
    expect(findBrowser({ PATH: join(folder, 'bin') })).toBe(chrome);
    const chromium = program('chromium', '');
    expect(findBrowser({ PATH: join(folder, 'bin') })).toBe(chromium);
    expect(findBrowser({ PATH: join(folder, 'bin'), PAPERJAM_CHROMIUM: chrome })).toBe(chrome);
  });

  test('is none where the name leads nowhere, to a folder, or to what cannot be executed', () => {
    program('chromium', '');
    writeFileSync(join(folder, 'text'), '');
    for (const name of [join(folder, 'nowhere'), folder, join(folder, 'text')]) {
      expect(findBrowser({ PATH: join(folder, 'bin'), PAPERJAM_CHROMIUM: name })).toBe(undefined);
      expect(browserAdvice({ PAPERJAM_CHROMIUM: name })).toContain(`PAPERJAM_CHROMIUM names ${name}`);
    }
    expect(browserAdvice({})).toContain('apt-get install chromium');
  });

  test('is installed by apt-get on Debian as root, once', async () => {
    const bin = join(folder, 'bin');
    program(
      'apt-get',
      `echo "$@" >> '${folder}/log'\ncase "$*" in *install*) echo '#!/bin/sh' > '${bin}/chromium'; /bin/chmod +x '${bin}/chromium';; esac`,
    );
    await ensureBrowser(folder, machine());
    await ensureBrowser(folder, machine());
    expect(log().split('\n').slice(0, -1)).toEqual([
      expect.stringMatching(/ update -q$/),
      expect.stringMatching(/ install -q -y --no-install-recommends chromium$/),
    ]);
    expect(said).toContain('installing Chromium for the tests that open pages (apt-get) …');
    expect(said).toContain('installed in ');
  });

  test('is not looked for again within a day after apt-get has failed, but in CI', async () => {
    program('apt-get', `echo "$@" >> '${folder}/log'\necho 'E: no network' >&2\nexit 100`);
    await ensureBrowser(folder, machine());
    expect(said).toContain('no Chromium could be installed (exit code 100); the tests that need one are skipped.');
    expect(said).toContain('E: no network');
    const tries = () => log().split('\n').length - 1;
    await ensureBrowser(folder, machine());
    expect(tries()).toBe(1);
    await ensureBrowser(folder, machine({ CI: 'true' }));
    expect(tries()).toBe(2);
    const longAgo = Date.now() / 1000 - 2 * 86_400;
    utimesSync(join(folder, 'dist/.browser-tried'), longAgo, longAgo);
    await ensureBrowser(folder, machine());
    expect(tries()).toBe(3);
  });

  test('is left to the person elsewhere, without root, and where one was named', async () => {
    program('apt-get', `echo "$@" >> '${folder}/log'`);
    await ensureBrowser(folder, { ...machine(), debian: false });
    await ensureBrowser(folder, { ...machine(), superuser: false });
    await ensureBrowser(folder, machine({ PAPERJAM_CHROMIUM: join(folder, 'nowhere') }));
    expect([log(), said]).toEqual(['', '']);
  });
});
