import { describe, expect, test } from 'vitest';
import { FAULTS } from '../../../src/faults/catalogue.js';
import { explainFault } from '../../../src/faults/explain.js';
import { STANDS_FOR, standsFor } from '../../../src/sim/diagnosis/stands-for.js';
import { CAUSE_IDS } from '../../../src/terminal/verdict/cause.js';

/** What befalls tills is no cause of anything at a sale: they are told later, or never. */
const AT_SALES = FAULTS.filter(({ needs }) => needs !== 'tills');

describe('what a fault stands for', () => {
  test('is said of every fault of the catalogue, and of none that is not there', () => {
    expect(Object.keys(STANDS_FOR).sort()).toEqual(AT_SALES.map(({ name }) => name).sort());
  });

  test.each(AT_SALES.map((fault) => [fault.name, fault] as const))(
    '%s: causes, and a reason where there are several',
    (_, fault) => {
      const { causes, because, mayPass } = standsFor(explainFault(fault).example);
      expect(causes.length).toBeGreaterThan(0);
      for (const cause of causes) expect(CAUSE_IDS).toContain(cause);
      expect(because === undefined).toBe(causes.length === 1);
      for (const reason of [because, mayPass]) if (reason !== undefined) expect(reason.length).toBeGreaterThan(30);
    },
  );

  test('may depend on how it is put in', () => {
    const causes = (attributes: object) => standsFor({ fault: 'terminal.misconfigured', ...attributes }).causes;
    expect(causes({ what: 'merchant-key' })).toEqual(['terminal.misconfigured']);
    expect(causes({ what: 'baud' })).toEqual(['terminal.misconfigured', 'printer.no-answer']);
  });
});
