import type { Acquirer, NoticeListener } from '../../ports/acquirer.js';
import { authorizeAnswer, cancelAnswer, queryAnswer } from './answers.js';
import type { NoticeForm, NoticeSource } from './notice-door.js';
import { readNotice } from './notices.js';
import { orderContent, payContent } from './requests.js';
import type { AlipayTransport, ExchangeResult } from './transport.js';

export interface AlipayAcquirerParts {
  readonly transport: AlipayTransport;
  /** Where the platform's notices come in; without it there are none. */
  readonly notices?: NoticeSource | undefined;
  /** When a trade that the customer was asked about closes by itself. At least 1, which is the vendor's least. Default 2. */
  readonly closesAfterMinutes?: number;
}

/** Alipay, merchant scans customer: alipay.trade.pay, query and cancel. */
export function createAlipayAcquirer({ transport, notices, closesAfterMinutes = 2 }: AlipayAcquirerParts): Acquirer {
  return {
    authorize(request, done) {
      transport.exchange('alipay.trade.pay', payContent(request, closesAfterMinutes), (result) =>
        done(read(result, (response, repeated) => authorizeAnswer(response, request, repeated))),
      );
    },
    query(orderNo, done) {
      transport.exchange('alipay.trade.query', orderContent(orderNo), (result) =>
        done(read(result, (response) => queryAnswer(response, orderNo))),
      );
    },
    cancel(orderNo, done) {
      transport.exchange('alipay.trade.cancel', orderContent(orderNo), (result) =>
        done(read(result, (response, repeated) => cancelAnswer(response, orderNo, repeated))),
      );
    },
    ...(notices === undefined
      ? {}
      : { watch: (listener) => notices.watch((form, taken) => tell(listener, form, taken)) }),
  };
}

function tell(listener: NoticeListener, form: NoticeForm, taken: () => void): void {
  const notice = readNotice(form);
  if (notice !== undefined) listener(notice, taken);
}

/** Without an answer nothing is known. */
function read<Answer>(result: ExchangeResult, understand: (response: object, repeated: boolean) => Answer) {
  return 'response' in result
    ? understand(result.response, result.repeated === true)
    : { outcome: 'unknown' as const, ...result.failure };
}
