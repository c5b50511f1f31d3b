import { z } from 'zod';
import { failure } from '../message.js';
import { type Service, service } from '../service.js';
import { abort } from './abort.js';
import { cardAcquisition } from './card-acquisition.js';
import { diagnosis } from './diagnosis.js';
import { display } from './display.js';
import { enableService } from './enable-service.js';
import { input } from './input.js';
import { login, logout } from './login.js';
import { payment } from './payment.js';
import { print } from './print.js';
import { reversal } from './reversal.js';
import { getTotals, reconciliation } from './totals.js';
import { transactionStatus } from './transaction-status.js';

/** Categories that the protocol knows and this terminal has not: it is no card terminal, and keeps no loyalty points. */
const UNAVAILABLE = [
  'Admin',
  'BalanceInquiry',
  'Batch',
  'CardReaderAPDU',
  'CardReaderInit',
  'CardReaderPowerOff',
  'InputUpdate',
  'Loyalty',
  'PIN',
  'Sound',
  'StoredValue',
  'Transmit',
].map((category) =>
  service({
    category,
    schema: z.unknown(),
    serve: (call) =>
      call.answer({
        Response: failure('UnavailableService', { message: `${category} is not available on this terminal` }),
      }),
  }),
);

/** What a terminal does, by the category of the message. */
export const SERVICES: ReadonlyMap<string, Service> = new Map(
  [
    abort,
    cardAcquisition,
    diagnosis,
    display,
    enableService,
    getTotals,
    input,
    login,
    logout,
    payment,
    print,
    reconciliation,
    reversal,
    transactionStatus,
    ...UNAVAILABLE,
  ].map((one) => [one.category, one]),
);
