import { expect, test } from 'vitest';
import { parseFault } from '../../src/cli/options.js';

test.each([
  ['printer.paper-jam', { fault: 'printer.paper-jam' }],
  ['printer.paper-jam:line=3', { fault: 'printer.paper-jam', when: { line: 3 } }],
  ['platform.answer-delayed:delayMs=500,times=2', { fault: 'platform.answer-delayed', delayMs: 500, times: 2 }],
  ['terminal.clock-jump:byMs=-3600000,when=now', { fault: 'terminal.clock-jump', byMs: -3_600_000, when: 'now' }],
  [
    'terminal.power-cut:journal=payment,when.at=append,nth=2,offMs=2000',
    { fault: 'terminal.power-cut', offMs: 2_000, when: { journal: 'payment', at: 'append', nth: 2 } },
  ],
  [
    'platform.answer-lost:request=2,when.method=alipay.trade.query,method=alipay.trade.pay',
    {
      fault: 'platform.answer-lost',
      method: 'alipay.trade.pay',
      when: { request: 2, method: 'alipay.trade.query' },
    },
  ],
  ['printer.paper-out:state=printing,at=dot', { fault: 'printer.paper-out', at: 'dot', when: { state: 'printing' } }],
])('%s on the command line', (text, record) => {
  expect(parseFault(text)).toEqual(record);
});
