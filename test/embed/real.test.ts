import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startPaperjam } from '../../src/index.js';

test('on the wall clock, a journal in files outlives the program; two on one folder are refused', async () => {
  const data = mkdtempSync(join(tmpdir(), 'paperjam-embed-'));
  onTestFinished(() => rmSync(data, { recursive: true }));
  const options = { time: 'real', delays: 'none', data, tills: { faces: ['api'] } } as const;
  const first = await startPaperjam(options);
  const sale = await first.terminal.settled(first.terminal.sell('12.80'));
  expect(sale).toMatchObject({ payment: 'paid', ticket: 'printed' });
  await expect(startPaperjam(options)).rejects.toMatchObject({ code: 'PJ_STORAGE_LOCKED' });
  await first.close();
  await first.close();

  await using again = await startPaperjam(options);
  expect(again.terminal.sales()).toEqual([sale]);
  expect(await (await fetch(`${again.urls.api}/v1/sales/${sale.id}`)).json()).toMatchObject({ payment: 'paid' });
  expect(again.terminal.paper(sale.id)).toHaveLength(1);
  expect(existsSync(join(data, 'terminal', 'journal.jsonl'))).toBe(true);
});
