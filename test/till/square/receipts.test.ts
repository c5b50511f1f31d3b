import { describe, expect, test } from 'vitest';
import { Bench } from './bench.js';

/** A complete checkout whose ticket has come as far as it comes by itself. */
function sold(bench: Bench, amount = 1_280): string {
  const { id } = bench.checkout(amount);
  bench.until('checkouts', id, 'COMPLETED');
  bench.clock.advance(20_000);
  return bench.saleOf(id);
}

describe('a receipt', () => {
  test('of a sale whose ticket is out is a marked copy, and then another', () => {
    const bench = new Bench();
    const saleId = sold(bench);
    const { json } = bench.receipt(saleId);
    expect(json.action).toMatchObject({
      id: expect.stringMatching(/^termapia:/),
      type: 'RECEIPT',
      status: 'PENDING',
      receipt_options: { payment_id: saleId, print_only: true },
    });
    bench.until('actions', json.action.id, 'COMPLETED', 20_000);
    expect(bench.tickets(saleId)).toEqual(['original printed', 'copy 1 printed']);
    const second = bench.receipt(saleId, {}).json.action.id;
    bench.until('actions', second, 'COMPLETED', 20_000);
    expect(bench.tickets(saleId)).toEqual(['original printed', 'copy 1 printed', 'copy 2 printed']);
  });

  test('that is asked for twice while the terminal is off is printed twice', () => {
    const bench = new Bench();
    const saleId = sold(bench);
    bench.world.powerOff(3_000);
    const ids = [1, 2].map(() => bench.receipt(saleId).json.action.id);
    bench.clock.advance(60_000);
    expect(ids.map((id) => bench.state('actions', id))).toEqual(['COMPLETED', 'COMPLETED']);
    expect(bench.tickets(saleId)).toEqual(['original printed', 'copy 1 printed', 'copy 2 printed']);
  });

  test('is the original where nothing of one has reached the printer', () => {
    const bench = new Bench();
    const cut = bench.world.faults.put({ fault: 'printer.cover-open', when: 'now' });
    const saleId = sold(bench);
    expect(bench.tickets(saleId)).toEqual(['original not-printed']);
    bench.world.faults.clear(cut.id);
    bench.clock.advance(1_000);
    const { id } = bench.receipt(saleId, {}).json.action;
    bench.until('actions', id, 'COMPLETED', 20_000);
    expect(bench.tickets(saleId)).toEqual(['original not-printed', 'original printed']);
  });

  test('without paper is in progress until there is paper and it is printed at the terminal', () => {
    const bench = new Bench();
    const saleId = sold(bench);
    const empty = bench.world.faults.put({ fault: 'printer.paper-out', when: 'now' });
    const { id } = bench.receipt(saleId).json.action;
    bench.clock.advance(30_000);
    expect(bench.state('actions', id)).toBe('IN_PROGRESS');
    bench.world.faults.clear(empty.id);
    bench.clock.advance(1_000);
    bench.world.people.reprint(saleId);
    bench.until('actions', id, 'COMPLETED', 20_000);
    expect(bench.tickets(saleId).at(-1)).toBe('copy 1 printed');
  });

  test('without paper to the end is timed out at its deadline, and the payment stands', () => {
    const bench = new Bench();
    const saleId = sold(bench);
    bench.world.faults.put({ fault: 'printer.paper-out', when: 'now' });
    const { id } = bench.receipt(saleId, { deadline_duration: 'PT30S' }).json.action;
    bench.clock.advance(29_000);
    expect(bench.state('actions', id)).toBe('IN_PROGRESS');
    bench.until('actions', id, 'CANCELED TIMED_OUT', 2_000);
    expect(bench.get(`/v2/payments/${saleId}`).json.payment.status).toBe('COMPLETED');
  });

  test('behind a jam is a copy, since the original may be out', () => {
    const bench = new Bench();
    const jam = bench.world.faults.put({ fault: 'printer.paper-jam' });
    const saleId = sold(bench);
    expect(bench.tickets(saleId)).toEqual(['original partial']);
    bench.world.faults.clear(jam.id);
    const { id } = bench.receipt(saleId).json.action;
    bench.until('actions', id, 'COMPLETED', 20_000);
    expect(bench.tickets(saleId)).toEqual(['original partial', 'copy 1 printed']);
  });

  test('that is canceled while it waits for paper is canceled; while it is printed, the printer decides', () => {
    const bench = new Bench({ pacing: true });
    const saleId = sold(bench);
    const { id } = bench.receipt(saleId).json.action;
    bench.clock.advance(50);
    const { json } = bench.ask('POST', `/v2/terminals/actions/${encodeURIComponent(id)}/cancel`);
    expect(json.action.status).toBe('CANCEL_REQUESTED');
    bench.until('actions', id, 'COMPLETED', 20_000);
    bench.world.faults.put({ fault: 'printer.paper-out', when: 'now' });
    const waiting = bench.receipt(saleId).json.action.id;
    bench.clock.advance(10_000);
    const canceled = bench.ask('POST', `/v2/terminals/actions/${encodeURIComponent(waiting)}/cancel`).json.action;
    expect([canceled.status, canceled.cancel_reason]).toEqual(['CANCELED', 'SELLER_CANCELED']);
  });

  test('that a power cut interrupts is finished by the terminal itself, as one more copy', () => {
    const bench = new Bench({ pacing: true });
    const saleId = sold(bench);
    bench.world.faults.put({
      fault: 'terminal.power-cut',
      when: { journal: 'print-intent', at: 'synced' },
      offMs: 3_000,
    });
    const { id } = bench.receipt(saleId).json.action;
    bench.clock.advance(2_000);
    expect(bench.state('actions', id)).toBe('IN_PROGRESS');
    bench.until('actions', id, 'COMPLETED', 60_000);
    expect(bench.tickets(saleId).filter((ticket) => ticket.startsWith('original'))).toEqual(['original printed']);
    expect(bench.tickets(saleId).at(-1)).toBe('copy 2 printed');
  });

  test('is asked for again when the power took the wish before it was written down', () => {
    const bench = new Bench();
    const saleId = sold(bench);
    bench.world.faults.put({
      fault: 'terminal.power-cut',
      when: { journal: 'print-intent', at: 'append' },
      unsynced: 'lost',
    });
    const { id } = bench.receipt(saleId).json.action;
    bench.until('actions', id, 'COMPLETED', 60_000);
    expect(bench.tickets(saleId)).toEqual(['original printed', 'copy 1 printed']);
  });

  test('is refused for a payment that is not there, or not paid', () => {
    const bench = new Bench();
    const { status, json } = bench.receipt('T0199');
    expect([status, json.errors[0].code, json.errors[0].field]).toEqual([
      404,
      'NOT_FOUND',
      'action.receipt_options.payment_id',
    ]);
    const refused = new Bench({}, { custom: { behaviour: 'refuses' } });
    const { id } = refused.checkout(100);
    refused.until('checkouts', id, 'CANCELED BUYER_CANCELED');
    expect(refused.receipt(refused.saleOf(id)).json.errors[0]).toMatchObject({ code: 'INVALID_VALUE' });
  });
});

describe('other actions', () => {
  test('a ping is complete while the terminal is on, and waits while it is off', () => {
    const bench = new Bench();
    const ping = () =>
      bench.ask('POST', '/v2/terminals/actions', {
        idempotency_key: bench.newKey(),
        action: { device_id: 'T01', type: 'PING' },
      }).json.action.id;
    const first = ping();
    bench.clock.advance(10);
    const { action } = bench.get(`/v2/terminals/actions/${encodeURIComponent(first)}`).json;
    expect(action).toMatchObject({
      status: 'COMPLETED',
      device_metadata: { serial_number: 'T01', payment_region: 'CN' },
    });
    bench.world.powerOff(5_000);
    const second = ping();
    bench.clock.advance(4_000);
    expect(bench.state('actions', second)).toBe('PENDING');
    bench.until('actions', second, 'COMPLETED', 2_000);
  });

  test.each(['SIGNATURE', 'CONFIRMATION', 'DATA_COLLECTION', 'SELECT', 'SAVE_CARD', 'QR_CODE', 'DANCE'])(
    '%s is refused, with what there is',
    (type) => {
      const { status, json } = new Bench().ask('POST', '/v2/terminals/actions', {
        idempotency_key: 'k',
        action: { device_id: 'T01', type },
      });
      expect(status).toBe(400);
      expect(json.errors).toEqual([
        {
          category: 'INVALID_REQUEST_ERROR',
          code: 'INVALID_ENUM_VALUE',
          detail: `\`${type}\` is not a valid enum value. This terminal has no keys for the buyer, and no card reader: it takes actions of the types PING and RECEIPT.`,
          field: 'action.type',
        },
      ]);
    },
  );
});
