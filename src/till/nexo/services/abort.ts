import { z } from 'zod';
import { giveUpFor } from '../aborted.js';
import { type Call, keyOf } from '../call.js';
import { failure, MESSAGE_REFERENCE, text } from '../message.js';
import { service } from '../service.js';

const ABORT_REQUEST = z.object({ AbortReason: text(200), MessageReference: MESSAGE_REFERENCE });

/**
 * The till gives up what it has asked for. There is no response: the message that is given up is answered with Aborted,
 * and what cannot be given up, or not any more, is rejected and goes on.
 */
export const abort = service({
  category: 'Abort',
  kind: 'abort',
  schema: ABORT_REQUEST,
  responds: false,
  serve(call, { MessageReference }) {
    const { poi, header } = call;
    const key = keyOf({ SaleID: header.SaleID, ...MessageReference });
    const { dialogue } = poi;
    if (dialogue?.key === key) {
      dialogue.end(failure('Aborted', { message: '104 Merchant cancelled tx' }));
      call.line.accepted();
      return;
    }
    const saleId = poi.counter.saleOf('nexo', key);
    if (saleId === undefined) {
      call.reject(`There is no message ${key} to abort`);
      return;
    }
    poi.counter.whenDurable(saleId, (error) => {
      if (error !== undefined) {
        call.line.gone();
        return;
      }
      giveUp(call, saleId);
    });
  },
});

function giveUp(call: Call, saleId: string): void {
  const { poi } = call;
  const tooLate = (error: Error) => call.reject(`It is too late to abort: ${error.message}`);
  if (poi.aborting.has(saleId)) {
    call.reject(`${saleId} is being aborted already`);
    return;
  }
  try {
    poi.counter.checkAbort(saleId);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    tooLate(error);
    return;
  }
  const abort = () => poi.counter.abort(saleId);
  giveUpFor(poi, saleId, call.key, abort, (error) => (error === undefined ? call.line.accepted() : tooLate(error)));
}
