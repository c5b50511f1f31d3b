import { describe, expect, test } from 'vitest';
import { configOf, type FleetFlags, parseFault, terminalsOf } from '../../src/cli/options.js';

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

describe('the terminals of a start', () => {
  const terminals = (flags: Partial<FleetFlags>) => {
    const all = { data: '/nowhere', ...flags };
    return terminalsOf(all, configOf(all)).map(({ merchant }) => merchant.terminalId);
  };

  test('are one if nothing is said, or so many', () => {
    expect(terminals({})).toEqual(['T01']);
    expect(terminals({ record: 'x.pjr', terminals: '1' })).toEqual(['T01']);
    expect(terminals({ terminals: '3' })).toEqual(['T01', 'T02', 'T03']);
  });

  test.each<[flags: Partial<FleetFlags>, message: string]>([
    [{ terminals: '0' }, '--terminals 0 is not 1 to 1000, nor a file that lists them'],
    [{ terminals: '1001' }, '--terminals 1001 is not 1 to 1000'],
    [{ terminals: 'nowhere.yaml' }, 'nowhere.yaml is not accepted at its top: there is no such file'],
    [{ terminals: '2', record: 'x.pjr' }, '--record is for one terminal'],
  ])('%j is refused', (flags, message) => {
    expect(() => terminals(flags)).toThrowError(message);
  });

  test('meet tills in the protocols, and at the host, that the command line says; the rest is the file’s', () => {
    const { config } = configOf({ data: '/nowhere', tills: ['square'], host: '::1' });
    expect(config.tills).toMatchObject({ faces: ['square'], host: '::1', customer: { behaviour: 'pays' } });
  });
});
