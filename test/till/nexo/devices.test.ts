import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { pieceText } from '../../../src/emulator/printer/paper/text.js';
import type { NexoOptions } from '../../../src/till/nexo/options.js';
import { elementsOfXhtml } from '../../../src/till/nexo/xhtml.js';
import { fieldsOf, type Json, message, type Place, paymentBody, place } from './kit.js';

/** What came out of the printer, piece by piece, as text. */
function onPaper({ world }: Place): string[] {
  return (world.emulatedPrinter?.paper.pieces ?? []).map(pieceText);
}

function printBody(OutputContent: object, more: object = {}) {
  return { PrintOutput: { DocumentQualifier: 'Document', ResponseMode: 'PrintEnd', OutputContent, ...more } };
}

const HELLO = printBody({ OutputFormat: 'Text', OutputText: [{ Text: 'Hello' }] });

/** Sends a message, and lets so much time go by. */
function begin(shop: Place, category: string, body: object, serviceId: string, ms = 100): () => Json {
  const sent = shop.till.send({ path: '/nexo/', json: message(category, body, { serviceId }) });
  shop.clock.advance(ms);
  return () => {
    const { heard } = sent;
    if (heard === undefined || 'gone' in heard) return heard;
    return JSON.parse(heard.answer.body).SaleToPOIResponse[`${category}Response`];
  };
}

describe('Print', () => {
  test('text comes out as it was meant, and the answer waits for the printer', async () => {
    const shop = await place();
    const OutputText = [
      { Text: 'Corner Cafe', Alignment: 'Centred', CharacterStyle: 'Bold' },
      { Text: 'Tea', EndOfLineFlag: false },
      { Text: '12.80', Alignment: 'Right' },
      { Text: 'name=TOTAL&value=%C2%A5%C2%A012.80&key=totalAmount' },
      { Text: 'key=filler' },
      { Text: 'a=b & c', EndOfLineFlag: false },
      { Text: ' on one line' },
    ];
    const begunMs = shop.clock.now();
    const response = shop.ask('Print', printBody({ OutputFormat: 'Text', OutputText }));
    expect(response).toEqual({ DocumentQualifier: 'Document', Response: { Result: 'Success' } });
    expect(shop.clock.now() - begunMs).toBeGreaterThan(100);
    expect(
      onPaper(shop)
        .at(-1)
        ?.split('\n')
        .map((line) => line.trim().replaceAll(/ {2,}/g, ' … ')),
    ).toEqual(expect.arrayContaining(['Corner Cafe', 'Tea … 12.80', 'TOTAL … ￥ 12.80', 'a=b & c on one line']));
  });

  test('bar codes and QR codes', async () => {
    const shop = await place();
    const codes = [
      ['QRCode', 'https://shop.example/r/1'],
      ['QRCODE', 'again'],
      ['EAN13', '4006381333931'],
      ['EAN8', '96385074'],
      ['UPCA', '036000291452'],
      ['Code128', 'POS-42'],
      ['Code25', '123456'],
    ];
    for (const [BarcodeType, BarcodeValue] of codes) {
      const body = printBody({ OutputFormat: 'BarCode', OutputBarcode: { BarcodeType, BarcodeValue } });
      expect([BarcodeType, shop.ask('Print', body).Response]).toEqual([BarcodeType, { Result: 'Success' }]);
      expect(onPaper(shop).at(-1)).toContain(BarcodeValue);
    }
    const pdf = printBody({ OutputFormat: 'BarCode', OutputBarcode: { BarcodeType: 'PDF417', BarcodeValue: '1' } });
    const { Response } = shop.ask('Print', pdf);
    expect(Response.ErrorCondition).toBe('MessageFormat');
    expect(fieldsOf(Response.AdditionalResponse).message).toBe(
      'The ticket cannot be printed on this printer: BarcodeType is PDF417. Allowed: QRCode, EAN8, EAN13, UPCA, Code25, Code128.',
    );
    const bad = printBody({ OutputFormat: 'BarCode', OutputBarcode: { BarcodeType: 'EAN13', BarcodeValue: 'x' } });
    expect(shop.ask('Print', bad).Response.ErrorCondition).toBe('MessageFormat');
  });

  test('pictures, as XHTML with a PNG', async () => {
    const shop = await place();
    const data = Uint8Array.from({ length: 16 * 2 }, (_, index) => (index % 2 === 0 ? 0 : 255));
    const png = Buffer.from(encode({ width: 16, height: 2, data, channels: 1, depth: 8 })).toString('base64');
    const xhtml = (inside: string) =>
      printBody({
        OutputFormat: 'XHTML',
        OutputXHTML: Buffer.from(`<?xml version="1.0"?>${inside}`).toString('base64'),
      });
    const jobs: Json[] = [];
    shop.world.watch({ job: (job) => jobs.push(job) });
    expect(
      shop.ask('Print', xhtml(`<p>Look &amp; see</p><img src="data:image/png;base64, ${png}"/>`)).Response.Result,
    ).toBe('Success');
    expect(jobs[0].ticket.elements).toEqual([
      { kind: 'text', text: 'Look & see' },
      { kind: 'image', widthDots: 16, heightDots: 2, rows: Uint8Array.of(0xaa, 0xaa, 0xaa, 0xaa) },
      { kind: 'cut' },
    ]);
    for (const [inside, problem] of [
      ['<img src="data:image/png;base64,AAAA"/>', 'a picture is no PNG'],
      ['<img src="file:///etc/passwd"/>', 'the source of a picture is <img src="file:///etc/passwd"/>'],
      ['<br/>', 'OutputXHTML holds neither words nor pictures'],
      ['a<br/>'.repeat(501), 'OutputXHTML has more than 500 lines and pictures'],
      [`<img src="data:image/png;base64,${wide()}"/>`, 'a picture is 100000 dots wide, and the paper takes 1 to '],
    ] as const) {
      const { Response } = shop.ask('Print', xhtml(inside));
      expect(Response.ErrorCondition).toBe('MessageFormat');
      expect(fieldsOf(Response.AdditionalResponse).message).toContain(problem);
    }
    expect(jobs).toHaveLength(1);

    function wide(): string {
      const bytes = Buffer.from(png, 'base64');
      bytes.writeUInt32BE(100_000, 16);
      return bytes.toString('base64');
    }
  });

  test('brackets without end, and a picture without one, are read in one go', () => {
    const read = (xhtml: string) => elementsOfXhtml(Buffer.from(xhtml).toString('base64'), 576);
    expect(read(`${'<'.repeat(100_000)}words < more`)).toEqual([
      { kind: 'text', text: 'words' },
      { kind: 'text', text: 'more' },
    ]);
    const picture = `<img src="data:image/png;base64,${' '.repeat(100_000)}>`;
    expect(() => read(picture)).toThrow(/the source of a picture is <img src=/);
  });

  test('the same number again prints nothing more, behind a reboot too', async () => {
    const shop = await place();
    shop.ask('Print', HELLO, { serviceId: 'P1' });
    const once = onPaper(shop);
    expect(shop.ask('Print', HELLO, { serviceId: 'P1' }).Response).toEqual({ Result: 'Success' });
    shop.world.powerCut();
    shop.clock.advance(5_000);
    expect(shop.ask('Print', HELLO, { serviceId: 'P1' }).Response).toEqual({ Result: 'Success' });
    expect(onPaper(shop)).toEqual(once);
  });

  describe('what is wrong with the printer is told', () => {
    const CASES: readonly [fault: string, condition: string, status: string][] = [
      ['printer.paper-out', 'DeviceOut', 'NoPaper'],
      ['printer.paper-jam', 'DeviceOut', 'PaperJam'],
      ['printer.cover-open', 'DeviceOut', 'OutOfOrder'],
      ['printer.unrecoverable-error', 'DeviceOut', 'OutOfOrder'],
      ['printer.power-off', 'UnavailableDevice', 'OutOfOrder'],
      ['link.printer-lost', 'UnavailableDevice', 'OutOfOrder'],
    ];
    test.each(CASES)('%s', async (fault, condition, status) => {
      const shop = await place();
      shop.world.faults.put({ fault, when: 'now' });
      shop.clock.advance(3_000);
      const { Response } = shop.ask('Print', HELLO);
      expect(Response.ErrorCondition).toBe(condition);
      expect(fieldsOf(Response.AdditionalResponse)).toMatchObject({ PrinterStatus: status });
      expect(shop.ask('Diagnosis', {}).POIStatus.PrinterStatus).toBe(status);
    });

    test('paper that is nearly used up still prints', async () => {
      const shop = await place();
      shop.world.faults.put({ fault: 'printer.paper-near-end', when: 'now' });
      shop.clock.advance(3_000);
      expect(shop.ask('Print', HELLO).Response.Result).toBe('Success');
      expect(shop.ask('Diagnosis', {}).POIStatus.PrinterStatus).toBe('PaperLow');
    });
  });

  test('a power cut in the middle breaks the connection; the same number tells what became of the page', async () => {
    const shop = await place();
    const heard = begin(shop, 'Print', HELLO, 'P1', 20);
    shop.world.powerOff(1_000);
    shop.clock.advance(10_000);
    expect(heard()).toEqual({ gone: 'reset' });
    const { Response } = shop.ask('Print', HELLO, { serviceId: 'P1' });
    expect(fieldsOf(Response.AdditionalResponse)).toMatchObject({ paper: 'unknown' });
  });

  test('with Immediate the till does not wait', async () => {
    const shop = await place();
    const now = printBody({ OutputFormat: 'Text', OutputText: [{ Text: 'Hello' }] }, { ResponseMode: 'Immediate' });
    const begunMs = shop.clock.now();
    expect(shop.ask('Print', now).Response.Result).toBe('Success');
    expect(shop.clock.now() - begunMs).toBeLessThan(50);
  });

  test('while a payment is under way it is busy', async () => {
    const shop = await place();
    begin(shop, 'Payment', paymentBody(1), '1');
    expect(shop.ask('Print', HELLO).Response.ErrorCondition).toBe('Busy');
  });
});

describe('Display', () => {
  const words = (Text: string, Device = 'CustomerDisplay') => ({
    DisplayOutput: [
      { Device, InfoQualify: 'Display', OutputContent: { OutputFormat: 'Text', OutputText: [{ Text }] } },
    ],
  });

  test('words stand on the display until the till takes them away', async () => {
    const shop = await place();
    expect(shop.ask('Display', words('Total 12.80'))).toEqual({
      OutputResult: [{ Device: 'CustomerDisplay', InfoQualify: 'Display', Response: { Result: 'Success' } }],
    });
    expect(shop.world.terminal.screen).toMatchObject({ zh: 'Total 12.80', en: 'Total 12.80' });
    shop.ask('Display', words(''));
    expect(shop.world.terminal.screen.en).not.toContain('Total');
  });

  test('there is no display for the cashier here', async () => {
    const shop = await place();
    const [result] = shop.ask('Display', words('x', 'CashierDisplay')).OutputResult;
    expect(result).toMatchObject({ Device: 'CashierDisplay', Response: { ErrorCondition: 'UnavailableDevice' } });
  });
});

describe('Input', () => {
  function question(InputCommand: string, more: object = {}, menu: readonly string[] = []) {
    return {
      DisplayOutput: {
        Device: 'CustomerDisplay',
        InfoQualify: 'Display',
        OutputContent: { OutputFormat: 'Text', OutputText: [{ Text: 'A bag?' }] },
        MenuEntry: menu.map((Text) => ({ OutputFormat: 'Text', OutputText: [{ Text }] })),
      },
      InputData: { Device: 'CustomerInput', InfoQualify: 'Input', InputCommand, ...more },
    };
  }
  const NOBODY: Partial<NexoOptions> = { person: { answer: () => undefined } };

  test('somebody answers after a moment, whatever is asked', async () => {
    const shop = await place();
    const answer = (...asked: Parameters<typeof question>) => shop.ask('Input', question(...asked)).InputResult;
    const begunMs = shop.clock.now();
    expect(answer('GetConfirmation')).toEqual({
      Device: 'CustomerInput',
      InfoQualify: 'Input',
      Input: { InputCommand: 'GetConfirmation', ConfirmedFlag: true },
      Response: { Result: 'Success' },
    });
    expect(shop.clock.now() - begunMs).toBeGreaterThanOrEqual(2_000);
    expect(answer('GetMenuEntry', {}, ['small', 'large']).Input).toEqual({
      InputCommand: 'GetMenuEntry',
      MenuEntryNumber: 1,
    });
    expect(answer('DigitString', { MinLength: 4 }).Input).toEqual({ InputCommand: 'DigitString', DigitInput: '1234' });
    expect(answer('TextString', { MinLength: 3 }).Input).toEqual({ InputCommand: 'TextString', TextInput: 'oko' });
    expect(answer('GetFunctionKey').Input).toEqual({ InputCommand: 'GetFunctionKey', FunctionKey: '1' });
  });

  test('a person at the terminal answers by hand, and only what was asked', async () => {
    const shop = await place(NOBODY);
    const heard = begin(shop, 'Input', question('GetMenuEntry', {}, ['small', 'large']), 'I1');
    expect(shop.world.terminal.screen.en).toBe('A bag?');
    expect(shop.face.question('T01')).toMatchObject({
      command: 'GetMenuEntry',
      words: 'A bag?',
      menu: ['small', 'large'],
    });
    expect(shop.face.answerInput('T01', { entry: 3 })).toBe('there is no entry 3; there are 1 to 2');
    expect(shop.face.answerInput('T01', { keyed: 'x' })).toBe('an entry is asked: {entry: 1} to {entry: 2}');
    expect(shop.face.answerInput('T01', { entry: 2 })).toBeUndefined();
    shop.clock.advance(10);
    expect(heard().InputResult.Input.MenuEntryNumber).toBe(2);
    expect(shop.face.answerInput('T01', { entry: 2 })).toBe('nothing is asked');
    expect(shop.world.terminal.screen.en).not.toBe('A bag?');
  });

  test('the person presses Cancel, or nobody comes in time', async () => {
    const shop = await place(NOBODY);
    const heard = begin(shop, 'Input', question('GetConfirmation'), 'I1');
    shop.face.answerInput('T01', 'cancel');
    shop.clock.advance(10);
    expect(heard().InputResult).toMatchObject({ Response: { ErrorCondition: 'Cancel' } });
    const begunMs = shop.clock.now();
    expect(shop.ask('Input', question('GetConfirmation', { MaxInputTime: 5 })).InputResult.Response).toEqual({
      Result: 'Failure',
      ErrorCondition: 'Cancel',
      AdditionalResponse: 'message=Timed%20out',
    });
    expect(shop.clock.now() - begunMs).toBeGreaterThanOrEqual(5_000);
  });

  test('the till gives up; meanwhile the terminal is busy', async () => {
    const shop = await place(NOBODY);
    const heard = begin(shop, 'Input', question('GetConfirmation'), 'I1');
    const busy = shop.pay(1, '1').Response;
    expect(busy.ErrorCondition).toBe('Busy');
    expect(fieldsOf(busy.AdditionalResponse)).toEqual({
      message: 'Forbidden Request, Service Dialogue InputRequest is in Progress',
      serviceId: 'I1',
    });
    expect(shop.ask('Print', HELLO).Response.ErrorCondition).toBe('Busy');
    shop.ask('Abort', { AbortReason: 'x', MessageReference: { MessageCategory: 'Input', ServiceID: 'I1' } });
    expect(heard().InputResult.Response.ErrorCondition).toBe('Aborted');
    expect(shop.pay(1, '2').Response.Result).toBe('Success');
  });

  test('a power cut ends the question; who answers then answers nothing', async () => {
    const shop = await place();
    const heard = begin(shop, 'Input', question('GetConfirmation'), 'I1');
    shop.world.powerCut();
    shop.clock.advance(1_500);
    const next = begin(shop, 'Input', question('GetMenuEntry', {}, ['one']), 'I2');
    shop.clock.advance(1_000); // By now the person would have answered the first one.
    expect(shop.face.question('T01')).toMatchObject({ command: 'GetMenuEntry' });
    shop.clock.advance(2_000);
    expect(heard()).toEqual({ gone: 'reset' });
    expect(next().InputResult.Input.MenuEntryNumber).toBe(1);
  });

  test('what nobody can key in here is refused', async () => {
    const shop = await place();
    const { InputResult } = shop.ask('Input', question('Password'));
    expect(InputResult.Response.ErrorCondition).toBe('UnavailableService');
    expect(fieldsOf(InputResult.Response.AdditionalResponse).message).toMatch(
      /^InputCommand Password is not available; allowed: /,
    );
  });
});

describe('Login, Diagnosis', () => {
  test('a till that logs in is told what the terminal is; who is logged in stands in the diagnosis, behind a restart too', async () => {
    const shop = await place();
    const login = {
      DateTime: '2026-11-26T04:00:00Z',
      OperatorLanguage: 'en',
      SaleSoftware: { ApplicationName: 'POS' },
    };
    const { POISystemData, Response } = shop.ask('Login', login, { saleId: 'POS7' });
    expect(Response.Result).toBe('Success');
    expect(POISystemData).toMatchObject({
      POISoftware: { ApplicationName: 'paperjam' },
      POIStatus: { GlobalStatus: 'OK', PrinterStatus: 'OK' },
      POITerminalData: { POISerialNumber: 'T01' },
    });
    shop.ask('Login', login, { saleId: 'POS8' });
    shop.ask('Logout', {}, { saleId: 'POS7' });
    expect(shop.ask('Diagnosis', {}).LoggedSaleID).toEqual(['POS8']);
    expect(Buffer.from(shop.shelf.read()).toString()).toContain('"sales":["POS8"]');
  });

  test('a terminal at a sale is Busy, one out of service is under Maintenance', async () => {
    const shop = await place();
    begin(shop, 'Payment', paymentBody(1), '1');
    expect(shop.ask('Diagnosis', {}).POIStatus.GlobalStatus).toBe('Busy');
    shop.clock.advance(20_000);
    shop.world.faults.put({ fault: 'terminal.disk-full', when: 'now' });
    expect(shop.pay(1, '2').Response).toMatchObject({ Result: 'Failure' });
    expect(shop.ask('Diagnosis', {}).POIStatus.GlobalStatus).toBe('Maintenance');
    expect(shop.pay(1, '3').Response.ErrorCondition).toBe('DeviceOut');
  });

  test('whether the platform can be reached is asked of the platform', async () => {
    const shop = await place();
    expect(shop.ask('Diagnosis', { HostDiagnosisFlag: true }).HostStatus).toEqual([]);
    shop.pay(1, '1');
    expect(shop.ask('Diagnosis', { HostDiagnosisFlag: true }).HostStatus).toEqual([
      { AcquirerID: 'alipay', IsReachableFlag: true },
    ]);
    shop.world.faults.put({ fault: 'network.down', when: 'now' });
    expect(shop.ask('Diagnosis', { HostDiagnosisFlag: true }).HostStatus).toEqual([
      { AcquirerID: 'alipay', IsReachableFlag: false },
    ]);
  });
});
