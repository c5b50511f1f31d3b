import { PaperjamError } from '../base/errors.js';

/** What the terminal is doing in a state in which nothing else can be begun, in plain words. */
const DOING: Readonly<Record<string, string>> = {
  boot: 'it is starting',
  scanning: 'a sale waits for the customer to show a payment code',
  settling: 'a sale waits for the answer of the payment platform',
  'settling.awaitingBuyer': 'a sale waits for the customer to confirm on the phone',
  'settling.querying': 'it is asking the payment platform whether the customer has paid',
  'settling.pausing': 'it is asking the payment platform whether the customer has paid',
  'settling.givingUp': 'a sale is being cancelled',
  reversing: 'a sale is being cancelled',
  'reversing.asking': 'it is asking the payment platform whether a payment stands',
  prompting: 'the display asks whether a ticket is wanted',
  printing: 'a ticket is being printed',
  printFault: 'a ticket has failed to come out, and waits to be printed again',
  selfTest: 'a test page is being printed',
  page: 'a page is being printed',
  outOfService: 'it is out of service',
  off: 'its power is off',
};

/** That something cannot be begun now: for people what the terminal is doing, for engineers the state of the machine. */
export function busy(state: string): PaperjamError {
  const [top = ''] = state.split('.');
  return new PaperjamError('PJ_BUSY', { doing: DOING[state] ?? DOING[top] ?? 'it is at work', state });
}
