import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { printed } from './on-paper.js';

/** What `lp`, `cat` and `echo` send to a raw queue: text, and nothing else. */

test('plain text ends its lines with LF, and a long line goes on in the next', () => {
  const paper = printed(Buffer.from(`total   12.80\n\n${'x'.repeat(50)}\nend\n`));
  expect(paper.unknown).toEqual([]);
  expect(paper.lines).toEqual(['total   12.80', 'x'.repeat(48), 'xx', 'end']);
  expect(paper.cuts).toEqual([undefined]);
  expect(paper.heightsMm).toEqual([18.8]); // Five lines of 30 dots.
});

test('text from Windows ends its lines with CR LF, and no line is printed twice', () => {
  const paper = printed(Buffer.from('one\r\ntwo\r\n'));
  expect(paper.unknown).toEqual([]);
  expect(paper.lines).toEqual(['one', 'two']);
  expect(paper.heightsMm).toEqual([7.5]);
});

test('a form feed at the end of a job, and tabs in it', () => {
  const paper = printed(Buffer.from('a\tb\tc\n\f'));
  expect(paper.unknown).toEqual([]);
  expect(paper.lines).toEqual(['a       b       c']);
});

test('Chinese text on a printer that is in full-width mode from the start', () => {
  const text = iconv.encode('街角咖啡\n合计 ￥12.80\n', 'gb18030');
  expect(printed(text, { cjkAtPowerOn: true }).lines).toEqual(['街角咖啡', '合计 ￥12.80']);
});

test('text in UTF-8 comes out as the code page has it: garbage, and as long as its bytes', () => {
  const paper = printed(Buffer.from('é\n'));
  expect(paper.unknown).toEqual([]);
  expect(paper.lines).toEqual(['├⌐']);
});
