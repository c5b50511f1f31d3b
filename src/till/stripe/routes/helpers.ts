import { z } from 'zod';
import { PaperjamError } from '../../../base/errors.js';
import type { Approach } from '../../../ports/faults.js';
import type { Call } from '../call.js';
import { type Cloud, refusalFor } from '../cloud.js';
import { choice, expand, integer, parse, words } from '../params.js';
import type { Reader } from '../readers.js';
import { invalid, readerTrouble } from '../refusal.js';
import { isOver, keyOf } from '../sales.js';
import type { Action, Intent } from '../store.js';
import { DEFAULT_CARD, presented } from '../test-cards.js';
import { answered, show } from './readers.js';
import { ofReader, type Route } from './route.js';

const CARD = z.strictObject({ number: words(25).optional() });
const PRESENT = z.strictObject({
  type: choice('card_present', 'card', 'interac_present').optional(),
  card_present: CARD.optional(),
  interac_present: CARD.optional(),
  card: z
    .strictObject({ number: words(25), exp_month: integer(), exp_year: integer(), cvc: words(4).optional() })
    .optional(),
  amount_tip: integer().optional(),
  ...expand,
});
const SUCCEED = z.strictObject({ skip_non_required_inputs: choice('all', 'none').optional(), ...expand });

/** How long the answer waits for the payment to have an end. */
const PRESENT_WAIT_MS = 30_000;

const helper = (verb: string) => `/v1/test_helpers/terminal/readers/:/${verb}`;

/** Stripe's test helpers: who comes to a simulated reader, and what he does there. */
export const HELPER_ROUTES: readonly Route[] = [
  { method: 'POST', path: helper('present_payment_method'), kind: 'other', world: ofReader, handle: present },
  { method: 'POST', path: helper('succeed_input_collection'), kind: 'other', world: ofReader, handle: succeedInputs },
  { method: 'POST', path: helper('timeout_input_collection'), kind: 'other', world: ofReader, handle: timeOutInputs },
];

/** A customer comes to the reader and shows a code: the wallet of an emulated one, whose code the scanner reads. */
function present(cloud: Cloud, call: Call): void {
  const given = parse(PRESENT, call.params);
  const at = cloud.readers.get(call.id);
  const { action } = at.entry;
  const number = given.card_present?.number ?? given.interac_present?.number ?? given.card?.number ?? DEFAULT_CARD;
  if ((given.amount_tip ?? 0) !== 0) {
    throw invalid('Tips are not supported at this terminal: the wallet pays the amount that stands on its screen.', {
      param: 'amount_tip',
    });
  }
  switch (action?.type) {
    case 'process_payment_intent':
    case 'confirm_payment_intent':
      return void pay(cloud, call, at, action, number);
    case 'collect_payment_method':
      return void keepCode(cloud, call, at, action, number);
    case 'refund_payment':
      return void show(cloud, call, at); // A wallet need not be there for its money to come back.
    default:
      throw noneAsked(at);
  }
}

function noneAsked({ id }: Reader) {
  return invalid(`The reader ${id} is not asking for a payment method: send it process_payment_intent first.`);
}

function pay(cloud: Cloud, call: Call, at: Reader, action: Extract<Action, { n: number }>, number: string): void {
  const { intents, sales, steering } = cloud;
  const intent = intents.get(action.intent, 'payment_intent');
  const attempt = intent.attempts.find(({ n }) => n === action.n);
  const sale = attempt === undefined ? undefined : sales.ofAttempt(intent, attempt);
  if (sale?.facts === undefined || isOver(sale.facts)) throw noneAsked(at);
  const { counter, saleId } = sale;
  const { terminal, people } = counter.world;
  if (terminal.state === 'off') throw readerTrouble('terminal_reader_offline');
  if (sale.facts.sent || terminal.foreground !== saleId || terminal.state !== 'scanning') {
    throw readerTrouble('terminal_reader_busy');
  }
  const { steer, behaviour, afterMs } = presented(number, intent.amount);
  const code = codeOf(at, { behaviour, afterMs });
  const come = () => {
    call.expects(counter.world, saleId);
    steering.set(saleId, steer);
    people.show(code);
    counter.whenPaymentFinal(saleId, PRESENT_WAIT_MS, () => show(cloud, call, at));
  };
  if (steer === undefined) return void come();
  intents.change(intent.id, action.n, { steer });
  come();
}

/** The code on the phone of whoever comes. Throws a `StripeRefusal` where only real customers come. */
function codeOf({ counter }: Reader, who: Approach): string {
  try {
    return counter.world.people.codeOf(who);
  } catch (error) {
    if (error instanceof PaperjamError && error.code === 'PJ_NO_CUSTOMER') throw refusalFor(error);
    throw error;
  }
}

/** The code is read, and waits until the till confirms. */
function keepCode(
  cloud: Cloud,
  call: Call,
  at: Reader,
  action: Extract<Action, { type: 'collect_payment_method' }>,
  number: string,
): void {
  const { intents, events, views, readers } = cloud;
  if (action.status !== 'in_progress') throw noneAsked(at);
  const intent = intents.get(action.intent, 'payment_intent');
  const { steer, behaviour, afterMs } = presented(number, intent.amount);
  const code = codeOf(at, { behaviour, afterMs });
  intents.collected.set(intent.id, { code, steer });
  at.counter.world.terminal.showText(undefined);
  readers.setAction(at.id, { ...action, status: 'succeeded' }, (error) => {
    const stage = `collected ${keyOf(intent.id, nextOf(intent))}`;
    if (error === undefined)
      events.emit(
        'terminal.reader.action_succeeded',
        views.reader(readers.get(at.id), () => {}),
        stage,
        call.cause,
      );
    answered(cloud, call, at.id)(error);
  });
}

function nextOf({ attempts }: Intent): number {
  return (attempts.at(-1)?.n ?? 0) + 1;
}

/** What Stripe's simulated customer enters. */
const ANSWERS: Readonly<Record<string, string>> = {
  email: 'customer@example.com',
  numeric: '1234',
  phone: '+8613800000000',
  signature: 'file_paperjam_signature',
  text: 'text',
};

function succeedInputs(cloud: Cloud, call: Call): void {
  const { skip_non_required_inputs: skip = 'none' } = parse(SUCCEED, call.params);
  endInputs(cloud, call, (action) => ({
    ...action,
    status: 'succeeded',
    inputs: action.inputs.map((input) =>
      skip === 'all' && input.required === false ? { ...input, skipped: true } : entered(input),
    ),
  }));
}

function entered(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const type = String(input.type);
  const toggles = TOGGLES.safeParse(input.toggles);
  const answers = toggles.success
    ? toggles.data.map((toggle) => ({ ...toggle, value: toggle.default_value ?? 'disabled' }))
    : null;
  const selection = SELECTION.safeParse(input.selection);
  const [first] = selection.success ? selection.data.choices : [];
  const value =
    selection.success && first !== undefined
      ? { ...selection.data, id: first.id, text: first.text }
      : { value: ANSWERS[type] ?? '' };
  return { ...input, skipped: false, toggles: answers, [type]: value };
}

const TOGGLES = z.array(z.looseObject({ default_value: z.string().nullable() }));
const SELECTION = z.looseObject({ choices: z.array(z.looseObject({ id: z.string(), text: z.string() })) });

function timeOutInputs(cloud: Cloud, call: Call): void {
  parse(z.strictObject(expand), call.params);
  const failure = { code: 'collect_inputs_timed_out', message: 'The customer did not answer in time.' };
  endInputs(cloud, call, (action) => ({ ...action, status: 'failed', failure }));
}

type Inputs = Extract<Action, { type: 'collect_inputs' }>;

function endInputs(cloud: Cloud, call: Call, end: (action: Inputs) => Inputs): void {
  const { readers, events, views, random } = cloud;
  const at = readers.get(call.id);
  const { action } = at.entry;
  if (action?.type !== 'collect_inputs' || action.status !== 'in_progress') {
    throw invalid(`The reader ${at.id} is not collecting inputs: send it collect_inputs first.`);
  }
  const ended = end(action);
  at.counter.world.terminal.showText(undefined);
  readers.setAction(at.id, ended, (error) => {
    const type = ended.status === 'succeeded' ? 'action_succeeded' : 'action_failed';
    if (error === undefined)
      events.emit(
        `terminal.reader.${type}`,
        views.reader(readers.get(at.id), () => {}),
        random.digits(16),
        call.cause,
      );
    answered(cloud, call, at.id)(error);
  });
}
