import { z } from 'zod';
import type { Call } from '../call.js';
import type { ReadCode } from '../code-reader.js';
import { failure, maskedPan, type Response, SUCCESS, type TransactionId, timeStamp } from '../message.js';
import { busy, type Poi } from '../poi.js';
import { SALE_DATA, saleDataIn } from '../sale-data.js';
import { service } from '../service.js';

const CARD_ACQUISITION_REQUEST = z.object({
  SaleData: SALE_DATA,
  CardAcquisitionTransaction: z.object({ TotalAmount: z.number().optional() }),
});

/** How long a customer may take to show a code, as at a sale. */
export const READ_MS = 60_000;

/**
 * Reads a payment code before the amount is known, and holds it for the payment that refers to it, for as long as a code
 * can be paid with.
 */
export const cardAcquisition = service({
  category: 'CardAcquisition',
  schema: CARD_ACQUISITION_REQUEST,
  serve(call, body) {
    const { poi } = call;
    const refusal = poi.busyWith() ?? (poi.world.terminal.free ? undefined : busy('PaymentRequest', undefined));
    if (refusal !== undefined) {
      call.answer({ Response: refusal, ...saleDataIn(body) });
      return;
    }
    readCode(call, (result) => {
      if ('Result' in result) {
        call.answer({ Response: result, ...saleDataIn(body) });
        return;
      }
      const { reading, id } = result;
      call.answer({
        PaymentBrand: [reading.wallet],
        PaymentInstrumentData: {
          CardData: { EntryMode: ['Scanned'], MaskedPan: maskedPan(reading.code), PaymentBrand: reading.wallet },
          PaymentInstrumentType: 'Mobile',
        },
        POIData: { POIReconciliationID: poi.totals.current, POITransactionID: id },
        Response: SUCCESS,
        ...saleDataIn(body),
      });
    });
  },
  failed: (response, body) => ({ Response: response, ...saleDataIn(body) }),
});

/** Reads a code and holds it; the terminal is at that until `done`. */
export function readCode(
  call: Call,
  done: (result: Response | { readonly reading: ReadCode; readonly id: TransactionId }) => void,
): void {
  const { poi } = call;
  poi.reader.release();
  const over = (result: Parameters<typeof done>[0]) => {
    poi.dialogue = undefined;
    done(result);
  };
  const { MessageCategory: category, ServiceID: serviceId } = call.header;
  const stop = poi.reader.read(READ_MS, (reading) => {
    if (reading === undefined) {
      over(failure('Cancel', { message: 'No payment code was shown in time' }));
      return;
    }
    const id = newId(poi);
    poi.reader.hold({ id, reading, ahead: false });
    over({ reading, id });
  });
  poi.dialogue = {
    category,
    serviceId,
    key: call.key,
    end(response) {
      stop();
      over(response);
    },
    drop: stop,
  };
}

/** The same without an answer: the next payment does not wait for it, and takes the code if there is one by then. */
export function readAhead({ poi }: Call): void {
  poi.reader.release();
  poi.reader.read(READ_MS, (reading) => {
    if (reading !== undefined) poi.reader.hold({ id: newId(poi), reading, ahead: true });
  });
}

function newId({ clock, random }: Poi): TransactionId {
  return { TransactionID: `C${random.digits(14)}`, TimeStamp: timeStamp(clock.now()) };
}
