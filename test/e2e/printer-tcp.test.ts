import { CharacterSet, PrinterTypes, ThermalPrinter } from 'node-thermal-printer';
import { afterEach, expect, test } from 'vitest';
import { call, put } from './api.js';
import { CUT, cleanUp, newFolder, PrinterFace, sendTcp } from './printer-face.js';
import { until } from './until.js';

afterEach(cleanUp);

test('clients that come together are served one after the other, and each gets its own answers', async () => {
  const face = new PrinterFace(newFolder());
  const port = await face.tcpPort();
  const answers = await Promise.all(
    ['one', 'two', 'three'].map((name) =>
      sendTcp(port, Buffer.concat([Buffer.from(`${name} a\n${name} b\n`), Buffer.from('1d4943', 'hex'), CUT])),
    ),
  );
  expect(answers.map(String)).toEqual(['_TM-m30\0', '_TM-m30\0', '_TM-m30\0']);
  const papers = await face.cut(3);
  expect(papers.map(({ lines }) => lines.join()).sort()).toEqual(['one a,one b', 'three a,three b', 'two a,two b']);
});

test('node-thermal-printer prints over its own TCP interface, which knows nothing of paperjam', async () => {
  const face = new PrinterFace(newFolder());
  const printer = new ThermalPrinter({
    type: PrinterTypes.EPSON,
    interface: `tcp://127.0.0.1:${await face.tcpPort()}`,
    characterSet: CharacterSet.PC852_LATIN2,
    width: 48,
  });
  expect(await printer.isPrinterConnected()).toBe(true);
  printer.println('RAČUN');
  printer.leftRight('Skupaj', '12,80');
  printer.cut();
  await printer.execute();
  const [paper] = await face.cut(1);
  expect(paper?.lines[0]).toBe('RAČUN');
  expect(paper?.lines[1]).toMatch(/^Skupaj +12,80$/);
});

test('its HTTP side shows paper in four formats, and takes faults as the control API does', async () => {
  const face = new PrinterFace(newFolder());
  await sendTcp(await face.tcpPort(), Buffer.concat([Buffer.from('Corner Cafe\n'), CUT]));
  await face.cut(1);
  const api = await face.http();
  const get = async (file: string) => {
    const response = await fetch(`${api}/v1/papers/${file}`);
    return [response.headers.get('content-type'), Buffer.from(await response.arrayBuffer())] as const;
  };
  const [pngType, png] = await get('1.png');
  expect([pngType, png.subarray(1, 4).toString()]).toEqual(['image/png', 'PNG']);
  const [svgType, svg] = await get('last.svg');
  expect([svgType, svg.subarray(0, 4).toString()]).toEqual(['image/svg+xml', '<svg']);
  expect((await get('1.txt'))[1].toString()).toBe('Corner Cafe\n');
  expect(JSON.parse((await get('1.json'))[1].toString())).toMatchObject({
    heightMm: 3.8,
    cut: 'full',
    operations: [
      { op: 'line', from: 0, to: 12, text: 'Corner Cafe' },
      { op: 'cut', from: 12, to: 15 },
    ],
  });
  await expect(call(api, 'GET', '/v1/papers/2.png')).rejects.toThrow(/404.*PJ_NO_PAPER/);

  const mend = await put(api, { fault: 'printer.cover-open', when: 'now' });
  expect(await call(api, 'GET', '/v1/status')).toMatchObject({ condition: { coverOpen: true } });
  expect((await sendTcp(await face.tcpPort(), Buffer.from('100402', 'hex'))).toString('hex')).toBe('16');
  await mend();
  expect(await call(api, 'GET', '/v1/status')).toMatchObject({ condition: { coverOpen: false } });
  await sendTcp(await face.tcpPort(), Buffer.from('Total\n'));
  await until(async () => (await face.papers())[1]?.lines.length === 1, 'a line on the second piece');
  await call(api, 'POST', '/v1/tear');
  expect((await face.papers())[1]).toMatchObject({ cut: 'torn', lines: ['Total'] });
  await expect(call(api, 'POST', '/v1/faults', { fault: 'printer.paper-jm' })).rejects.toThrow(/paper-jam/);
});
