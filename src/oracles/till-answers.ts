import { isFinal, type SaleFacts } from '../terminal/facts.js';
import type { TillTold } from '../world/tills.js';
import type { Oracle, Report } from './oracle.js';
import type { Sight } from './sight.js';

/**
 * The same as `tillTold`, of the answers that tills get, in whatever protocol they ask: each final word stands in the
 * journal for good in the moment in which it is said, is the same in every protocol, and stays so. A terminal may not even
 * say it when the answer is lost on its way: whoever asks once more must hear the same.
 *
 * Money that goes back on request is the one exception: who was told that a sale is paid may be told later that it is
 * reversed.
 */
export function tillAnswers({ journal }: Sight, report: Report): Oracle {
  const last = new Map<string, TillTold>();

  return {
    answered(told) {
      const { saleId, face, payment } = told;
      const facts = journal.page(saleId)?.facts;
      if (facts === undefined || !isFinal(facts) || facts.payment !== payment) {
        const actual = `${face} says ${payment}, and the journal ${words(facts)}`;
        report({ saleId, expected: 'a till is told for good only what stands in the journal for good', actual });
      }
      const before = last.get(saleId);
      last.set(saleId, told);
      if (before === undefined || before.payment === payment || isGivenBack(before, payment, facts)) return;
      const actual = `${before.face} said ${before.payment}, and ${face} says ${payment}`;
      report({ saleId, expected: 'a till is never told two different final answers', actual });
    },
    ended() {
      for (const [saleId, before] of last) {
        const facts = journal.page(saleId)?.facts;
        if (facts?.payment === before.payment || isGivenBack(before, facts?.payment, facts)) continue;
        const actual = `${before.face} said ${before.payment}, and in the end the journal ${words(facts)}`;
        report({ saleId, expected: 'what a till was told for good stays so', actual });
      }
    },
  };
}

/** Whether it was paid, and has gone back on request or is about to. */
function isGivenBack({ payment }: TillTold, now: SaleFacts['payment'] | undefined, facts: SaleFacts | undefined) {
  return payment === 'paid' && now !== 'not-paid' && facts?.reversal === 'asked';
}

function words(facts: SaleFacts | undefined): string {
  if (facts === undefined) return 'has no such sale';
  return `says ${facts.payment}${isFinal(facts) ? ' for good' : ''}`;
}
