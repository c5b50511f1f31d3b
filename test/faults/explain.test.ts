import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findFault } from '../../src/faults/board.js';
import { FAULTS } from '../../src/faults/catalogue.js';
import { explainFault, faultsTable } from '../../src/faults/explain.js';
import { FAULT_FRAME } from '../../src/faults/fault.js';

describe('a fault is explained', () => {
  test('with its attributes: type, unit, range, default', () => {
    const { attributes, usually, does, seen } = explainFault(findFault('platform.answer-delayed'));
    expect({ usually, does, seen }).toEqual({
      usually: 'now',
      does: 'The ledger has booked, and the answer comes later.',
      seen: 'Seen as a slow answer, or as a time-out and then an answer.',
    });
    expect(attributes[0]).toEqual({
      name: 'delayMs',
      type: 'integer',
      unit: 'ms',
      min: 0,
      max: 3_600_000,
      default: 15_000,
      about: 'milliseconds until the answer goes out',
    });
    expect(attributes[1]).toMatchObject({ name: 'method', type: 'one of', default: 'alipay.trade.pay' });
  });

  test('with a list of numbers as such', () => {
    expect(explainFault(findFault('printer.dead-dots')).attributes[0]).toMatchObject({ type: 'list of integer' });
  });

  test.each(FAULTS.map((fault) => [fault.name, fault] as const))('%s, with an example that is accepted', (_, fault) => {
    const { fault: name, ...fields } = explainFault(fault).example;
    expect(name).toBe(fault.name);
    expect(fault.attributes.extend(FAULT_FRAME).safeParse(fields).error).toBeUndefined();
    for (const { about, name: attribute } of explainFault(fault).attributes) {
      expect(about, attribute).toMatch(/^\S.{5,}/);
    }
  });
});

test('the table of faults in README.md is that of the catalogue (paperjam faults --markdown)', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [table = ''] = /^\| fault \|(?:.|\n)*?(?=\n\n)/m.exec(readme) ?? [];
  expect(table.split('\n')).toEqual(faultsTable(FAULTS).split('\n'));
});
