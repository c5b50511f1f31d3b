import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { instantBench } from './bench.js';

/** Print jobs that others wrote, where they are at hand: they are no part of this repository. */
const CORPUS = fileURLToPath(new URL('../../../../shared/corpus', import.meta.url));

/** What no manual defines: the bell that one emulator's sample rings. */
const STRANGE: Readonly<Record<string, unknown>> = { 'sample.escpos': [{ offset: 1_553, hex: '07' }] };

const FILES = existsSync(CORPUS)
  ? readdirSync(CORPUS, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(bin|raw|escpos)$/.test(file))
  : [];

test.skipIf(FILES.length === 0).each(FILES)('%s holds no byte that is not understood', (file) => {
  const bytes = readFileSync(join(CORPUS, file));
  const bench = instantBench().send(bytes);
  expect(bench.printer.unknown).toEqual(STRANGE[basename(file)] ?? []);
  if (bytes.length > 0) expect(bench.printer.counters.lines).toBeGreaterThan(0);
});

test.skipIf(FILES.length === 0)('the Chinese receipt reads as it should', () => {
  const file = FILES.find((name) => name.endsWith('receipt-text.bin')) ?? '';
  const { lines } = instantBench().send(readFileSync(join(CORPUS, file)));
  expect(lines).toContain('客人就餐消费单');
  expect(lines.some((line) => /^打印时间：2016-5-6 +21:32:49/.test(line))).toBe(true);
});
