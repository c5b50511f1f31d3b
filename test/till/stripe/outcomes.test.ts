import { beforeAll, describe, expect, test } from 'vitest';
import type { TillFate } from '../../../src/ports/till-faults.js';
import { Bench, type BenchOptions, prepareBench } from './bench.js';

beforeAll(prepareBench);

/** A whole story at a new shop. */
function story(tell: (bench: Bench) => void, options: BenchOptions = {}): () => void {
  return () => {
    const bench = new Bench(options);
    try {
      tell(bench);
    } finally {
      bench.close();
    }
  };
}

const SALE = { status: 'succeeded', amount_received: 1280 };
const answerLost = ({ world }: Bench, kind: string, fate: TillFate = { breaks: { delivered: true, how: 'reset' } }) =>
  world.tills.site.onRequest((ask) => (ask.kind === kind ? fate : undefined));

describe('a payment at a reader', () => {
  test(
    'goes well: in progress until the customer has paid, then succeeded, with the money and the ticket',
    story((bench) => {
      const { intent, reader } = bench.atReader();
      expect(bench.action(reader)).toEqual({
        api_error: null,
        failure_code: null,
        failure_message: null,
        process_payment_intent: { payment_intent: intent },
        status: 'in_progress',
        type: 'process_payment_intent',
      });
      expect(bench.show(intent)).toMatchObject({ status: 'processing', latest_charge: null, last_payment_error: null });
      bench.clock.advance(5_000);
      expect(bench.show(intent).status).toBe('processing');
      expect(bench.present(reader).json.action).toMatchObject({ status: 'succeeded', failure_code: null });
      expect(bench.show(intent)).toMatchObject(SALE);
      expect(bench.paid).toBe(1);
      bench.clock.advance(10_000);
      const { metadata, latest_charge: charge } = bench.show(intent);
      expect(metadata.paperjam_ticket).toBe('printed');
      expect(charge).toBe(`ch_${metadata.paperjam_sale}`);
      expect(bench.shop.first.facts(metadata.paperjam_sale)?.delivery).toBe('delivered');
    }),
  );

  test(
    'is refused: the intent can be paid anew, and the next attempt is a sale of its own',
    story((bench) => {
      const { intent, reader } = bench.atReader();
      const declined = bench.present(reader, 'card_present[number]=4000000000009995').json.action;
      expect(declined).toMatchObject({
        status: 'failed',
        failure_code: 'card_declined',
        failure_message: 'Your card has insufficient funds.',
        api_error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' },
      });
      const { status, last_payment_error: error, latest_charge: charge } = bench.show(intent);
      expect(status).toBe('requires_payment_method');
      expect(error).toMatchObject({ code: 'card_declined', decline_code: 'insufficient_funds', charge });
      expect(bench.get(`/charges/${charge}`).json).toMatchObject({ status: 'failed', paid: false, captured: false });
      const again = bench.post(`/terminal/readers/${reader}/process_payment_intent`, `payment_intent=${intent}`);
      expect(again.json.action.status).toBe('in_progress');
      bench.present(reader);
      expect(bench.show(intent)).toMatchObject(SALE);
      expect(bench.show(intent).latest_charge).not.toBe(charge);
      expect(bench.world.terminal.sales().map(({ payment, till }) => [payment, till?.key])).toEqual([
        ['not-paid', `${intent}/1`],
        ['paid', `${intent}/2`],
      ]);
      expect(bench.paid).toBe(1);
    }),
  );

  test(
    'is given up by the customer: cancelled at the reader, and no decline of anybody',
    story((bench) => {
      const { intent, reader } = bench.atReader();
      bench.world.people.cancel();
      bench.clock.advance(1_000);
      expect(bench.action(reader)).toMatchObject({
        status: 'failed',
        failure_code: 'customer_canceled',
        api_error: null,
      });
      expect(bench.show(intent)).toMatchObject({ status: 'requires_payment_method', last_payment_error: null });
    }),
  );

  test(
    'is declined by the customer on the phone',
    story((bench) => {
      const { intent, reader } = bench.atReader();
      bench.world.people.show(bench.world.people.codeOf({ behaviour: 'refuses' }));
      bench.clock.advance(4_000);
      expect(bench.show(intent).status).toBe('processing');
      bench.clock.advance(30_000);
      expect(bench.action(reader)).toMatchObject({ status: 'failed', failure_code: 'payment_method_customer_decline' });
      expect(bench.show(intent).last_payment_error.code).toBe('payment_method_customer_decline');
    }),
  );

  test(
    'is never confirmed: processing until the platform has closed it, and only then open again',
    story((bench) => {
      const { intent, reader } = bench.atReader();
      bench.world.people.show(bench.world.people.codeOf({ behaviour: 'never' }));
      bench.clock.advance(20_000);
      expect(bench.action(reader).status).toBe('in_progress');
      expect(bench.show(intent).status).toBe('processing');
      bench.clock.advance(30_000);
      expect(bench.show(intent)).toMatchObject({
        status: 'requires_payment_method',
        last_payment_error: { code: 'payment_intent_payment_attempt_expired' },
      });
    }),
  );

  test(
    'for which nobody comes times out',
    story((bench) => {
      const { intent, reader } = bench.atReader();
      bench.clock.advance(61_000);
      expect(bench.action(reader)).toMatchObject({ status: 'failed', failure_code: 'card_read_timed_out' });
      expect(bench.show(intent)).toMatchObject({ status: 'requires_payment_method', last_payment_error: null });
    }),
  );

  test(
    'whose answers of the platform are lost is processing until it is known',
    story((bench) => {
      const lost = bench.world.platform?.site.onAnswer(() => 'lose');
      const { intent, reader } = bench.atReader();
      const shown = bench.present(reader).json; // Waits half a minute, and says what is known.
      expect(shown.action.status).toBe('in_progress');
      expect(bench.show(intent).status).toBe('processing');
      bench.clock.advance(120_000);
      expect(bench.show(intent).status).toBe('processing');
      expect(bench.post(`/payment_intents/${intent}/cancel`).json.error.code).toBe('payment_intent_unexpected_state');
      lost?.();
      bench.clock.advance(1_000_000);
      expect(bench.show(intent).status).toBe('requires_payment_method');
      expect(bench.paid).toBe(0);
    }),
  );
});

describe('an answer that does not arrive', () => {
  test(
    'time-out, then status: the command is asked after at the reader',
    story((bench) => {
      const { reader } = bench;
      const intent = bench.intent();
      const undo = answerLost(bench, 'sale', { breaks: { delivered: true, how: 'silence' } });
      const path = `/terminal/readers/${reader}/process_payment_intent`;
      expect(bench.till.hear(bench.request('POST', path, `payment_intent=${intent}`), 30_000)).toBeUndefined();
      undo();
      expect(bench.action(reader)).toMatchObject({
        status: 'in_progress',
        process_payment_intent: { payment_intent: intent },
      });
      bench.present(reader);
      expect(bench.show(intent)).toMatchObject(SALE);
      expect(bench.paid).toBe(1);
    }),
  );

  test(
    'lost, then status: what was paid meanwhile is seen, and the journal knows that the till has heard of it',
    story((bench) => {
      const { intent, reader } = bench.atReader();
      answerLost(bench, 'other');
      const path = `/test_helpers/terminal/readers/${reader}/present_payment_method`;
      expect(bench.till.hear(bench.request('POST', path))).toEqual({ gone: 'reset' });
      const sale = bench.world.terminal.foreground ?? '';
      bench.clock.advance(1_000);
      expect(bench.shop.first.facts(sale)?.delivery).toBe('lost');
      expect(bench.show(intent)).toMatchObject(SALE);
      bench.clock.advance(1_000);
      expect(bench.shop.first.facts(sale)?.delivery).toBe('delivered');
    }),
  );

  test(
    'and is asked for again with the same key: the same sale, whatever has become of it',
    story((bench) => {
      const { reader } = bench;
      const intent = bench.intent();
      const undo = answerLost(bench, 'sale');
      const key = bench.key();
      const path = `/terminal/readers/${reader}/process_payment_intent`;
      const request = bench.request('POST', path, `payment_intent=${intent}`, key);
      expect(bench.till.hear(request)).toEqual({ gone: 'reset' });
      undo();
      bench.present(reader);
      const again = bench.till.ask(request);
      expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true' });
      expect(again.json.action.status).toBe('in_progress'); // As it was answered the first time.
      expect(bench.show(intent)).toMatchObject(SALE);
      expect(bench.paid).toBe(1);
      expect(bench.world.terminal.sales()).toHaveLength(1);
    }),
  );

  test(
    'and the command without a key is repeated: the reader is at it already',
    story((bench) => {
      const { intent, reader } = bench.atReader();
      const again = bench.post(
        `/terminal/readers/${reader}/process_payment_intent`,
        `payment_intent=${intent}`,
        bench.key(),
      );
      expect(again.json.action).toMatchObject({
        status: 'in_progress',
        process_payment_intent: { payment_intent: intent },
      });
      expect(bench.world.terminal.sales()).toHaveLength(1);
      bench.present(reader);
      const late = bench.post(
        `/terminal/readers/${reader}/process_payment_intent`,
        `payment_intent=${intent}`,
        bench.key(),
      );
      expect(late.json.error).toMatchObject({ code: 'intent_invalid_state', type: 'invalid_request_error' });
      expect(bench.paid).toBe(1);
    }),
  );
});

describe('cancelling', () => {
  test(
    'in time: the reader is free, the intent can be paid anew, and nobody was asked for money',
    story((bench) => {
      const { intent, reader } = bench.atReader();
      expect(bench.post(`/terminal/readers/${reader}/cancel_action`).json.action).toBeNull();
      expect(bench.show(intent)).toMatchObject({ status: 'requires_payment_method', last_payment_error: null });
      expect(bench.world.platform?.ledger.trades()).toEqual([]);
      bench.post(`/terminal/readers/${reader}/process_payment_intent`, `payment_intent=${intent}`);
      bench.present(reader);
      expect(bench.show(intent)).toMatchObject(SALE);
    }),
  );

  test(
    'too late, while the customer is paying: the reader is busy, and the payment goes on',
    story((bench) => {
      const { intent, reader } = bench.atReader(1202);
      const sent = bench.till.send(
        bench.request('POST', `/test_helpers/terminal/readers/${reader}/present_payment_method`),
      );
      bench.clock.advance(500);
      expect(sent.heard).toBeUndefined();
      expect(bench.post(`/terminal/readers/${reader}/cancel_action`).json.error.code).toBe('terminal_reader_busy');
      expect(bench.post(`/payment_intents/${intent}/cancel`).json.error.code).toBe('payment_intent_unexpected_state');
      bench.clock.advance(10_000);
      expect(bench.show(intent)).toMatchObject({ status: 'succeeded', amount_received: 1202 });
    }),
  );

  test(
    'too late, when it is paid: the answer shows that it was',
    story((bench) => {
      const { intent, reader } = bench.atReader();
      bench.present(reader);
      expect(bench.post(`/terminal/readers/${reader}/cancel_action`).json.action.status).toBe('succeeded');
      expect(bench.post(`/payment_intents/${intent}/cancel`).json.error).toMatchObject({
        code: 'payment_intent_unexpected_state',
        message: expect.stringContaining('has a status of succeeded'),
      });
      expect(bench.paid).toBe(1);
    }),
  );

  test(
    'the intent itself, while the reader waits for a code',
    story((bench) => {
      const { intent, reader } = bench.atReader();
      expect(bench.post(`/payment_intents/${intent}/cancel`, 'cancellation_reason=abandoned').json).toMatchObject({
        status: 'canceled',
        cancellation_reason: 'abandoned',
      });
      expect(bench.world.terminal.free).toBe(true);
      const again = bench.post(`/terminal/readers/${reader}/process_payment_intent`, `payment_intent=${intent}`);
      expect(again.json.error.code).toBe('intent_invalid_state');
    }),
  );
});

describe('paper', () => {
  test(
    'that is out does not touch the payment: the action succeeds, and the intent tells of the ticket',
    story((bench) => {
      bench.world.faults.put({ fault: 'printer.paper-out', when: 'now' });
      const { intent, reader } = bench.atReader();
      expect(bench.present(reader).json.action).toMatchObject({ status: 'succeeded', failure_code: null });
      bench.clock.advance(60_000);
      expect(bench.show(intent)).toMatchObject({ ...SALE, metadata: { paperjam_ticket: 'not-printed' } });
    }),
  );

  test(
    'that jams, and the ticket printed again: one payment, and a ticket in the end',
    story((bench) => {
      const { intent, reader } = bench.atReader();
      const fault = bench.world.faults.put({ fault: 'printer.paper-jam', when: { line: 3 } });
      bench.present(reader);
      bench.clock.advance(60_000);
      const { paperjam_sale: sale, paperjam_ticket: ticket } = bench.show(intent).metadata;
      expect(ticket).toBe('partial');
      bench.world.faults.clear(fault.id);
      bench.clock.advance(5_000);
      bench.shop.first.reprint(sale);
      bench.clock.advance(60_000);
      expect(bench.show(intent)).toMatchObject({ ...SALE, metadata: { paperjam_ticket: 'printed' } });
      expect(bench.paid).toBe(1);
    }),
  );

  test(
    'without which no payment stands: in progress until it is out, and given back when it does not come',
    story(
      (bench) => {
        bench.world.faults.put({ fault: 'printer.paper-out' });
        const { intent, reader } = bench.atReader();
        expect(bench.present(reader).json.action.status).toBe('in_progress');
        expect(bench.show(intent).status).toBe('processing');
        bench.clock.advance(300_000);
        expect(bench.action(reader)).toMatchObject({
          status: 'failed',
          failure_code: 'payment_intent_payment_attempt_failed',
        });
        expect(bench.show(intent)).toMatchObject({ status: 'requires_payment_method', amount_received: 0 });
        expect(bench.paid).toBe(0);
      },
      { policy: { unprinted: 'void-if-unprinted', voidAfterMs: 60_000 } },
    ),
  );
});

describe('a reboot', () => {
  test(
    'while the reader waits for a code: the payment never began, and can be begun anew',
    story((bench) => {
      const { intent, reader } = bench.atReader();
      bench.world.powerCut();
      bench.clock.advance(5_000);
      expect(bench.action(reader)).toMatchObject({ status: 'failed', failure_code: 'connection_error' });
      expect(bench.show(intent)).toMatchObject({ status: 'requires_payment_method', last_payment_error: null });
      bench.post(`/terminal/readers/${reader}/process_payment_intent`, `payment_intent=${intent}`);
      bench.present(reader);
      expect(bench.show(intent)).toMatchObject(SALE);
      expect(bench.paid).toBe(1);
    }),
  );

  test(
    'in the middle of the payment: processing until the terminal has asked what became of it',
    story((bench) => {
      const { intent, reader } = bench.atReader();
      const sent = bench.till.send(
        bench.request('POST', `/test_helpers/terminal/readers/${reader}/present_payment_method`),
      );
      bench.clock.advance(15); // The request to pay is under way.
      bench.world.powerOff(3_000);
      expect(bench.get(`/terminal/readers/${reader}`).json.status).toBe('offline');
      expect(bench.show(intent).status).toBe('processing');
      const offline = bench.post(
        `/terminal/readers/${reader}/process_payment_intent`,
        `payment_intent=${bench.intent()}`,
      );
      expect(offline.json.error.code).toBe('terminal_reader_offline');
      bench.clock.advance(20_000);
      expect(sent.heard).toMatchObject({ answer: { status: 200 } });
      const { status } = bench.show(intent);
      expect(['succeeded', 'requires_payment_method']).toContain(status);
      expect(bench.paid).toBe(status === 'succeeded' ? 1 : 0);
      expect(bench.get(`/terminal/readers/${reader}`).json.status).toBe('online');
    }),
  );

  test.each(['arrived', 'answered'] as const)(
    'as the command has %s: the repeated request finds out, and there is one payment at most',
    (at) => {
      const bench = new Bench();
      bench.world.faults.put({ fault: 'terminal.power-cut', when: { till: 'sale', at } });
      const { reader } = bench;
      const intent = bench.intent();
      const key = bench.key();
      const request = bench.request(
        'POST',
        `/terminal/readers/${reader}/process_payment_intent`,
        `payment_intent=${intent}`,
        key,
      );
      bench.till.ask(request);
      bench.clock.advance(10_000);
      const again = bench.till.ask(request).json;
      if (again.action?.status !== 'in_progress' || bench.action(reader).status !== 'in_progress') {
        bench.post(`/terminal/readers/${reader}/process_payment_intent`, `payment_intent=${intent}`, bench.key());
      }
      bench.present(reader);
      expect(bench.show(intent)).toMatchObject(SALE);
      expect(bench.paid).toBe(1);
      bench.close();
    },
  );
});
