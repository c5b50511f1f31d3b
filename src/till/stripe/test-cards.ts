import type { Approach } from '../../ports/faults.js';
import { subCodeFor } from './declines.js';
import { invalid } from './refusal.js';
import type { Steer } from './store.js';

/** How the customer who is to come behaves, and what the platform is to say of it. */
export interface Presented extends Approach {
  readonly steer?: Steer;
}

/** Cards with which a payment goes well, unless its amount says otherwise (docs.stripe.com/terminal/references/testing). */
const STANDARD = new Set(
  ['4242424242424242', '4000056655665556', '5555555555554444', '5200828282828210', '5105105105105100']
    .concat(['378282246310005', '371449635398431', '6011111111111117', '6011000990139424', '3056930009020004'])
    .concat(['36227206271667', '3566002020360505', '6200000000000005', '4506445006931933', '6280000360000978'])
    .concat(['4000050360000001', '5555050360000080']),
);

/** The customer is asked for the PIN, here the password of the wallet, and gives it. */
const WITH_PIN = new Set(['4001007020000002', '4000008260000075', '4001000360000005', '4000002760000008']);

/** The same page, «Test cards for specific error cases». */
const DECLINED: Readonly<Record<string, string>> = {
  '4000000000000002': 'generic_decline',
  '4000000000009995': 'insufficient_funds',
  '4000000000009987': 'lost_card',
  '4000000000009979': 'stolen_card',
  '4000000000000069': 'expired_card',
  '4000000000000119': 'processing_error',
};

const REFUND_FAILS = '4000000000005126';

/** The same page, «Physical test cards»: the last two digits of the amount. With 02 and 03 the PIN is asked for. */
const BY_AMOUNT: Readonly<Record<number, string>> = {
  1: 'call_issuer',
  5: 'generic_decline',
  55: 'incorrect_pin',
  60: 'online_or_offline_pin_required',
  65: 'withdrawal_count_limit_exceeded',
  75: 'pin_try_exceeded',
};
const PIN_AMOUNTS = [2, 3];

/** Who comes when this card is presented for so much. Throws a `StripeRefusal` for a card that is none of the test cards. */
export function presented(number: string, amountFen: number): Presented {
  const declineCode = DECLINED[number];
  if (declineCode !== undefined) return refusedWith(declineCode);
  if (number === REFUND_FAILS) {
    const words = 'the payment cannot be cancelled';
    return { behaviour: 'pays', steer: { of: 'refund', subCode: 'ACQ.CANCEL_NOT_ALLOWED', words } };
  }
  if (WITH_PIN.has(number)) return { behaviour: 'confirms' };
  if (!STANDARD.has(number)) {
    const known = [...STANDARD, ...WITH_PIN, ...Object.keys(DECLINED), REFUND_FAILS].join(', ');
    throw invalid(`Your card number is not a test card of Stripe Terminal. Known: ${known}.`, {
      code: 'incorrect_number',
      param: 'card_present[number]',
    });
  }
  const cents = amountFen % 100;
  const byAmount = BY_AMOUNT[cents];
  if (byAmount !== undefined) return refusedWith(byAmount);
  return { behaviour: PIN_AMOUNTS.includes(cents) ? 'confirms' : 'pays' };
}

/** An empty wallet is the customer's; the rest the platform says. */
function refusedWith(declineCode: string): Presented {
  if (declineCode === 'insufficient_funds') return { behaviour: 'no-money' };
  return {
    behaviour: 'pays',
    steer: { of: 'payment', subCode: subCodeFor(declineCode), words: `test: ${declineCode}` },
  };
}

export const DEFAULT_CARD = '4242424242424242';
