import { expect, test } from 'vitest';
import { type Json, place } from './kit.js';

function events(list: readonly Json[]): [string, string][] {
  return list.map(({ SaleToPOIRequest: { EventNotification } }) => [
    EventNotification.EventToNotify,
    new URLSearchParams(EventNotification.EventDetails).get('message') ?? '',
  ]);
}

test('how a payment goes on is told by display notifications with the names of Adyen', async () => {
  const shop = await place();
  shop.pay(12.8, '0001');
  const told = shop.heard.of('Display');
  expect(told[0]).toEqual({
    SaleToPOIRequest: {
      MessageHeader: {
        MessageCategory: 'Display',
        MessageClass: 'Device',
        MessageType: 'Request',
        POIID: 'P400Plus-T01',
        ProtocolVersion: '3.0',
        SaleID: 'POS1',
        ServiceID: '0001',
        DeviceID: expect.stringMatching(/^\d{9}$/),
      },
      DisplayRequest: {
        DisplayOutput: [
          {
            Device: 'CashierDisplay',
            InfoQualify: 'Status',
            OutputContent: {
              OutputFormat: 'MessageRef',
              PredefinedContent: {
                ReferenceID:
                  'TransactionID=T0120260101080003976204&TimeStamp=2026-01-01T00%3A00%3A03.000Z&event=TENDER_CREATED',
              },
            },
            ResponseRequiredFlag: false,
          },
        ],
      },
    },
  });
  const names = told.map(({ SaleToPOIRequest: { DisplayRequest } }) =>
    new URLSearchParams(DisplayRequest.DisplayOutput[0].OutputContent.PredefinedContent.ReferenceID).get('event'),
  );
  expect(names).toEqual(['TENDER_CREATED', 'TENDER_FINAL', 'PRINT_RECEIPT', 'RECEIPT_PRINTED']);
});

test('sales that nobody asked for in this protocol are none of its tills', async () => {
  const shop = await place();
  shop.world.people.sell(500, { customer: { behaviour: 'pays' } });
  shop.clock.advance(20_000);
  expect(shop.heard.events).toEqual([]);
});

test('a printer that fails, and works again, is told once each; over reboots too', async () => {
  const shop = await place();
  for (let boots = 0; boots < 2; boots++) {
    shop.heard.events.length = 0;
    const { id } = shop.world.faults.put({ fault: 'printer.cover-open', when: 'now' });
    shop.clock.advance(5_000);
    shop.world.faults.clear(id);
    shop.clock.advance(5_000);
    expect(events(shop.heard.of('Event'))).toEqual([
      ['OutOfOrder', 'The printer does not print: cover-open'],
      ['EndMaintenance', 'The printer works'],
    ]);
    const [{ SaleToPOIRequest }] = shop.heard.of('Event');
    expect(SaleToPOIRequest.EventNotification).toMatchObject({
      EventDetails: 'message=The+printer+does+not+print%3A+cover-open&PrinterStatus=OutOfOrder',
      MaintenanceRequiredFlag: true,
    });
    expect(SaleToPOIRequest.MessageHeader.ServiceID).toBeUndefined();
    shop.world.powerCut();
    shop.clock.advance(5_000);
  }
});

test('a terminal that loses its power, and is there again, is told', async () => {
  const shop = await place();
  shop.world.powerOff(1_000);
  shop.clock.advance(5_000);
  expect(events(shop.heard.of('Event'))).toEqual([
    ['Shutdown', 'The terminal has lost its power'],
    ['Initialised', 'The terminal has booted'],
  ]);
});
