import type { Fixture } from '../../../src/fixture/language/fixture.js';
import type { Step } from '../../../src/fixture/language/steps.js';
import { DRIVER_DEFAULTS } from '../../../src/printer/options.js';

const USUAL = new Map<string, unknown>(Object.entries(DRIVER_DEFAULTS));

/** A parsed fixture as somebody would have written it; what is left at nothing is left away. */
export function writtenOf(fixture: Fixture): unknown {
  const { signature } = fixture.policy.ticket;
  return {
    ...fixture,
    policy: {
      ...fixture.policy,
      ticket: {
        ...fixture.policy.ticket,
        signature: typeof signature === 'object' ? { aboveYuan: signature.aboveFen / 100 } : signature,
      },
    },
    driver: Object.fromEntries(Object.entries(fixture.driver).filter(([name, value]) => USUAL.get(name) !== value)),
    steps: fixture.steps.map(writtenStep),
  };
}

function writtenStep({ sell, wait, till, ...step }: Step): unknown {
  if (till !== undefined && 'sell' in till && till.sell !== undefined) {
    const { amountFen, ...rest } = till.sell;
    return { till: { ...till, sell: { fen: amountFen, ...rest } }, ...step };
  }
  if (till !== undefined) return { till, ...step };
  if (sell !== undefined) {
    const { amountFen, ...rest } = sell;
    return { sell: { fen: amountFen, ...rest }, ...step };
  }
  if (wait === undefined) return step;
  return { wait: 'forMs' in wait ? wait.forMs : wait, ...step };
}
