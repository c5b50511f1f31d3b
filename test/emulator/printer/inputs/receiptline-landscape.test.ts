import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Printer } from 'receiptline';
import { expect, test } from 'vitest';
import { printed } from './on-paper.js';

type Transform = (document: string, printer: Printer) => Promise<string>;

/** Receiptline prints landscape by commands that its designer, a program, has in itself: page mode, turned by 90°. */
const transform = designersTransform();

test.each(['escpos', 'citizen'] as const)('%s: a receipt in landscape, in page mode', async (command) => {
  const document = '^^^Corner Cafe\nLatte | 12.80\n{code:https://paperjam.example/r/1; option:qrcode,4,m}';
  const bytes = await transform(document, { command, landscape: true, cpl: 48, encoding: 'cp437', cutting: true });
  const paper = printed(Buffer.from(bytes, 'binary'));
  expect(paper.unknown).toEqual([]);
  expect(paper.lines.join('\n')).toContain('Corner Cafe');
  expect(paper.lines.join('\n')).toMatch(/Latte +12\.80/);
  expect(paper.heightsMm[0]).toBeGreaterThan(70); // 48 characters of 12 dots stand along the paper.
  expect(await paper.codes()).toEqual([{ format: 'QRCode', text: 'https://paperjam.example/r/1' }]);
});

/** Runs the designer's file without a server to start, and takes out of it what makes the commands. */
function designersTransform(): Transform {
  const file = createRequire(import.meta.url).resolve('receiptline/designer.js');
  const require = createRequire(file);
  const load = (name: string): unknown => (name === './servers.json' ? {} : require(name));
  return new Function('require', `${readFileSync(file, 'utf8')}\nreturn transform;`)(load) as Transform;
}
