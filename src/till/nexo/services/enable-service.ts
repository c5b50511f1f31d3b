import { z } from 'zod';
import { failure, SUCCESS } from '../message.js';
import { busy } from '../poi.js';
import { service } from '../service.js';
import { readAhead } from './card-acquisition.js';

/**
 * Before a transaction: StartTransaction lets the customer show the code already, for the next payment; AbortTransaction
 * ends that, or the acquisition under way, and forgets what was read.
 */
export const enableService = service({
  category: 'EnableService',
  schema: z.object({
    TransactionAction: z.enum(['StartTransaction', 'AbortTransaction']),
    ServicesEnabled: z
      .array(z.enum(['CardAcquisition', 'Loyalty', 'Payment']))
      .max(3)
      .optional(),
  }),
  serve(call, { TransactionAction, ServicesEnabled = [] }) {
    const { poi } = call;
    const answer = (response: object) => call.answer({ Response: response });
    if (TransactionAction === 'AbortTransaction') {
      if (poi.dialogue?.category === 'CardAcquisition') {
        poi.dialogue.end(failure('Aborted', { message: '104 Merchant cancelled tx' }));
      }
      poi.reader.forget();
      answer(SUCCESS);
      return;
    }
    if (ServicesEnabled.includes('Loyalty')) {
      answer(failure('UnavailableService', { message: 'Loyalty is not available; allowed: CardAcquisition, Payment' }));
      return;
    }
    const refusal = poi.busyWith() ?? (poi.world.terminal.free ? undefined : busy('PaymentRequest', undefined));
    if (refusal !== undefined) {
      answer(refusal);
      return;
    }
    readAhead(call);
    answer(SUCCESS);
  },
});
