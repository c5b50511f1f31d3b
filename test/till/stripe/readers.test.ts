import { encode } from 'fast-png';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Bench, prepareBench } from './bench.js';

beforeAll(prepareBench);

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.close());

describe('readers', () => {
  test('are the terminals, each from the beginning, and can be registered by a code', () => {
    const [first] = bench.get('/terminal/readers').json.data;
    expect(first).toMatchObject({ device_type: 'simulated_verifone_v660p', serial_number: 'T01', status: 'online' });
    const place = bench.post('/terminal/locations', 'display_name=HQ&address[country]=CN&address[city]=Shanghai').json;
    const form = `registration_code=simulated-wpe&label=Till%201&location=${place.id}&metadata[floor]=2`;
    expect(bench.post('/terminal/readers', form).json).toMatchObject({
      id: first.id,
      label: 'Till 1',
      location: place.id,
      metadata: { floor: '2' },
    });
    expect(bench.post('/terminal/readers', 'registration_code=T01').json.id).toBe(first.id);
    expect(bench.post('/terminal/readers', 'registration_code=T99').json.error).toMatchObject({
      param: 'registration_code',
      message: expect.stringContaining('(T01)'),
    });
    expect(bench.del(`/terminal/locations/${place.id}`).json.error.message).toContain('all readers');
    expect(bench.get('/terminal/readers', `location=${place.id}&status=online`).json.data).toHaveLength(1);
    expect(bench.get('/terminal/readers', 'status=offline').json.data).toHaveLength(0);
    expect(bench.get(`/terminal/readers/${first.id}`, 'expand[]=location').json.location).toMatchObject({
      display_name: 'HQ',
      address: { city: 'Shanghai' },
    });
  });

  test('can be taken out of the list, and registered again', () => {
    const { reader } = bench;
    expect(bench.post(`/terminal/readers/${reader}`, 'label=Bar').json.label).toBe('Bar');
    expect(bench.del(`/terminal/readers/${reader}`).json).toMatchObject({ id: reader, deleted: true });
    expect(bench.get(`/terminal/readers/${reader}`).status).toBe(404);
    expect(bench.get('/terminal/readers').json.data).toEqual([]);
    expect(bench.post('/terminal/readers', 'registration_code=simulated-s700').json.id).toBe(reader);
  });

  test('that are busy with a payment stay', () => {
    const { reader } = bench.atReader();
    expect(bench.del(`/terminal/readers/${reader}`).json.error.code).toBe('terminal_reader_busy');
  });

  test('give tokens to an SDK', () => {
    expect(bench.post('/terminal/connection_tokens').json).toMatchObject({
      object: 'terminal.connection_token',
      secret: expect.stringMatching(/^pst_test_\d{24}$/),
    });
  });

  test('go offline with the power, and say when they were seen last', () => {
    const { reader } = bench;
    const seen = bench.get(`/terminal/readers/${reader}`).json.last_seen_at;
    bench.world.powerOff(60_000);
    bench.clock.advance(30_000);
    const off = bench.get(`/terminal/readers/${reader}`).json;
    expect(off.status).toBe('offline');
    expect(off.last_seen_at).toBe(seen);
    const path = `/terminal/readers/${reader}/process_payment_intent`;
    expect(bench.post(path, `payment_intent=${bench.intent()}`)).toMatchObject({
      status: 400,
      json: { error: { type: 'invalid_request_error', code: 'terminal_reader_offline' } },
    });
    expect(bench.post(`/terminal/readers/${reader}/cancel_action`).json.error.code).toBe('terminal_reader_offline');
  });
});

describe('a new payment', () => {
  test('replaces one for which nobody has shown a code', () => {
    const { intent, reader } = bench.atReader(100);
    const other = bench.intent(200);
    const path = `/terminal/readers/${reader}/process_payment_intent`;
    expect(bench.post(path, `payment_intent=${other}`).json.action.process_payment_intent.payment_intent).toBe(other);
    expect(bench.show(intent).status).toBe('requires_payment_method');
    bench.present(reader);
    expect(bench.show(other)).toMatchObject({ status: 'succeeded', amount_received: 200 });
    expect(bench.show(intent)).toMatchObject({ status: 'requires_payment_method', latest_charge: null });
  });

  test('waits for the ticket of the one before', () => {
    const { reader } = bench.atReader(100);
    bench.present(reader);
    expect(bench.world.terminal.state).toBe('printing');
    const { intent } = bench.atReader(200);
    bench.present(reader);
    expect(bench.show(intent).status).toBe('succeeded');
    expect(bench.paid).toBe(2);
  });

  test('does not replace one that is being paid', () => {
    const { reader } = bench.atReader(1202);
    const sent = bench.till.send(
      bench.request('POST', `/test_helpers/terminal/readers/${reader}/present_payment_method`),
    );
    bench.clock.advance(500);
    const other = bench.intent(200);
    const path = `/terminal/readers/${reader}/process_payment_intent`;
    expect(bench.post(path, `payment_intent=${other}`).json.error.code).toBe('terminal_reader_busy');
    bench.clock.advance(10_000);
    expect(sent.heard).toMatchObject({ answer: { status: 200 } });
  });
});

describe('a payment in two steps', () => {
  const collect = (amount = 1280, card = '') => {
    const intent = bench.intent(amount);
    const { reader } = bench;
    const at = `/terminal/readers/${reader}`;
    bench.post(`${at}/collect_payment_method`, `payment_intent=${intent}`);
    return { intent, reader, at, shown: bench.present(reader, card).json };
  };

  test('the code is read, and paid with when the till confirms', () => {
    const { intent, at, shown } = collect();
    expect(shown.action).toMatchObject({ type: 'collect_payment_method', status: 'succeeded' });
    expect(bench.show(intent).status).toBe('requires_confirmation');
    expect(bench.world.platform?.ledger.trades()).toEqual([]);
    expect(bench.post(`${at}/confirm_payment_intent`, `payment_intent=${intent}`).json.action).toMatchObject({
      type: 'confirm_payment_intent',
      status: 'in_progress',
    });
    bench.clock.advance(5_000);
    expect(bench.show(intent)).toMatchObject({ status: 'succeeded', amount_received: 1280 });
    expect(bench.paid).toBe(1);
  });

  test('also without naming the reader; and a card that is declined is declined then', () => {
    const { intent } = collect(1280, 'card_present[number]=4000000000000002');
    expect(bench.post(`/payment_intents/${intent}/confirm`).json.status).toBe('processing');
    bench.clock.advance(5_000);
    expect(bench.show(intent)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { decline_code: 'generic_decline' },
    });
    expect(bench.post(`/payment_intents/${intent}/confirm`).json.error.code).toBe('payment_intent_unexpected_state');
  });

  test('a code that was kept for too long has expired', () => {
    const { intent, at } = collect();
    bench.clock.advance(120_000);
    bench.post(`${at}/confirm_payment_intent`, `payment_intent=${intent}`);
    bench.clock.advance(5_000);
    expect(bench.show(intent).last_payment_error.code).toBe('expired_card');
  });
});

describe('the display', () => {
  const CART =
    'type=cart&cart[currency]=cny&cart[total]=2560&cart[line_items][0][amount]=1280&cart[line_items][0][description]=Tea&cart[line_items][0][quantity]=2';

  test('shows a cart until it is taken away', () => {
    const { reader } = bench;
    const at = `/terminal/readers/${reader}`;
    const { action } = bench.post(`${at}/set_reader_display`, CART).json;
    expect(action).toMatchObject({
      type: 'set_reader_display',
      status: 'succeeded',
      set_reader_display: { type: 'cart' },
    });
    expect(bench.world.terminal.screen).toMatchObject({ zh: '合计 25.60 元(2 件)', en: 'Total CNY 25.60, 2 items' });
    expect(bench.post(`${at}/cancel_action`).json.action).toBeNull();
    expect(bench.world.terminal.screen.en).not.toContain('25.60');
    expect(bench.post(`${at}/set_reader_display`, CART.replace('cny', 'eur')).json.error.param).toBe('cart[currency]');
  });

  test('asks the customer, and the test helper answers', () => {
    const { reader } = bench;
    const at = `/terminal/readers/${reader}`;
    const help = `/test_helpers/terminal/readers/${reader}`;
    const form =
      'inputs[0][type]=selection&inputs[0][custom_text][title]=Size&inputs[0][required]=true&inputs[0][selection][choices][0][id]=s&inputs[0][selection][choices][0][text]=Small&inputs[1][type]=email&inputs[1][custom_text][title]=Mail';
    expect(bench.post(`${help}/succeed_input_collection`).json.error.message).toContain('is not collecting inputs');
    expect(bench.post(`${at}/collect_inputs`, form).json.action).toMatchObject({
      status: 'in_progress',
      collect_inputs: {
        inputs: [
          { type: 'selection', required: true, selection: { id: null, choices: [{ id: 's', text: 'Small' }] } },
          { type: 'email', required: false, email: { value: null } },
        ],
      },
    });
    expect(bench.world.terminal.screen.en).toBe('Size');
    expect(bench.post(`${help}/succeed_input_collection`, 'skip_non_required_inputs=all').json.action).toMatchObject({
      status: 'succeeded',
      collect_inputs: {
        inputs: [
          { selection: { id: 's', text: 'Small' }, skipped: false },
          { skipped: true, email: { value: null } },
        ],
      },
    });
    bench.post(`${at}/collect_inputs`, form);
    expect(bench.post(`${help}/timeout_input_collection`).json.action).toMatchObject({
      status: 'failed',
      failure_code: 'collect_inputs_timed_out',
    });
  });
});

describe('print_content', () => {
  const PNG = encode({ width: 16, height: 8, depth: 8, channels: 1, data: new Uint8Array(128).fill(0) });

  interface Print {
    readonly name?: string;
    readonly headers?: Record<string, string>;
  }

  function request(file: Uint8Array, more: Print = {}) {
    const head = `--x\r\nContent-Disposition: form-data; name="type"\r\n\r\nimage\r\n--x\r\nContent-Disposition: form-data; name="${more.name ?? 'image'}"; filename="receipt.png"\r\nContent-Type: image/png\r\n\r\n`;
    const bytes = Buffer.concat([Buffer.from(head), file, Buffer.from('\r\n--x--\r\n')]);
    const path = `/terminal/readers/${bench.reader}/print_content`;
    const headers = { 'content-type': 'multipart/form-data; boundary=x', ...more.headers };
    return { ...bench.request('POST', path, bytes.toString('utf8'), headers), bytes };
  }

  const print = (file: Uint8Array, more: Print = {}) => bench.till.ask(request(file, more));

  test('prints a picture through the terminal, and the action says when it is on the paper', () => {
    expect(print(PNG).json.action).toMatchObject({
      type: 'print_content',
      status: 'in_progress',
      print_content: { type: 'image', image: { filename: 'receipt.png', type: 'png', size: PNG.length } },
    });
    bench.clock.advance(10_000);
    expect(bench.action(bench.reader)).toMatchObject({ status: 'succeeded', failure_code: null });
    expect(bench.world.emulatedPrinter?.paper.pieces).toHaveLength(1);
  });

  test.each([
    [{ fault: 'printer.paper-out', when: 'now' }, 'printer_out_of_paper'],
    [{ fault: 'printer.cover-open', when: 'now' }, 'printer_cover_open'],
    [{ fault: 'printer.paper-jam', when: 'now' }, 'printer_paperjam'],
    [{ fault: 'link.printer-lost', when: 'now' }, 'printer_unavailable'],
  ] as const)('with %j fails, in the words of Stripe’s SDK', (fault, code) => {
    bench.world.faults.put(fault);
    print(PNG);
    bench.clock.advance(120_000);
    expect(bench.action(bench.reader)).toMatchObject({ status: 'failed', failure_code: code });
  });

  test.each([
    [5, 'It may be on the paper.'],
    [400, 'It may be on the paper.'],
  ])('that a power cut after %i ms cuts short has failed, and says what may be on the paper', (afterMs, words) => {
    print(encode({ width: 400, height: 600, depth: 8, channels: 1, data: new Uint8Array(240_000) }));
    bench.clock.advance(afterMs);
    bench.world.powerCut();
    bench.clock.advance(20_000);
    const { status, failure_code: code, failure_message: message } = bench.action(bench.reader);
    expect({ status, code }).toEqual({ status: 'failed', code: 'connection_error' });
    expect(message).toContain(words);
    expect(bench.get('/events', 'type=terminal.reader.action_failed').json.data).toHaveLength(1);
  });

  test('that a power cut takes before the journal had it was not got by the reader, and can be sent again', () => {
    const headers = bench.key();
    bench.world.faults.put({ fault: 'terminal.power-cut', when: { journal: 'page', at: 'append' }, unsynced: 'lost' });
    expect(print(PNG, { headers }).json.error.code).toBe('terminal_reader_timeout');
    bench.clock.advance(5_000);
    print(PNG, { headers });
    bench.clock.advance(10_000);
    expect(bench.action(bench.reader).status).toBe('succeeded');
    expect(bench.world.emulatedPrinter?.paper.pieces).toHaveLength(1);
  });

  test('that a power cut takes right after has printed nothing, and says so', () => {
    bench.till.send(request(PNG));
    bench.world.powerOff(0, { unsynced: 'lost' });
    bench.clock.advance(20_000);
    expect(bench.action(bench.reader)).toMatchObject({
      status: 'failed',
      failure_message: 'The reader lost its power before it printed anything.',
    });
    expect(bench.world.emulatedPrinter?.paper.pieces).toHaveLength(0);
  });

  test('is asked for twice with one key, and printed once', () => {
    const headers = bench.key();
    const first = print(PNG, { headers });
    expect(print(PNG, { headers }).body).toBe(first.body);
    bench.clock.advance(10_000);
    expect(bench.world.emulatedPrinter?.paper.pieces).toHaveLength(1);
  });

  test('takes a PNG that fits, and says so of anything else', () => {
    const error = (file: Uint8Array, name?: string) => print(file, name === undefined ? {} : { name }).json.error;
    expect(error(Buffer.from('GIF89a')).message).toContain('Allowed is a PNG');
    expect(
      error(encode({ width: 5_000, height: 1, depth: 8, channels: 1, data: new Uint8Array(5_000) })).message,
    ).toContain('5000 dots wide');
    expect(error(new Uint8Array(100_001)).message).toContain('at most 100000');
    expect(error(PNG, 'picture').param).toBe('picture');
    expect(bench.post(`/terminal/readers/${bench.reader}/print_content`, 'type=image').json.error.param).toBe('image');
  });
});
