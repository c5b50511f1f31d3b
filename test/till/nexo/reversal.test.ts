import { expect, test } from 'vitest';
import { fieldsOf, message, type Place, place, SALE_TIME } from './kit.js';

function body(TransactionID: string, more: object = {}) {
  return {
    OriginalPOITransaction: { POITransactionID: { TransactionID, TimeStamp: SALE_TIME } },
    ReversalReason: 'MerchantCancel',
    ...more,
  };
}

async function paid(): Promise<{ shop: Place; id: string; saleId: string }> {
  const shop = await place();
  const id = shop.pay(12.8, '0001').POIData.POITransactionID.TransactionID;
  shop.clock.advance(5_000);
  return { shop, id, saleId: id.split('.')[0] };
}

test('a paid sale is reversed by its POITransactionID; a second message finds nothing to reverse', async () => {
  const { shop, id, saleId } = await paid();
  const response = shop.ask('Reversal', body(id), { serviceId: 'R1' });
  expect(response).toMatchObject({
    Response: { Result: 'Success' },
    ReversedAmount: 12.8,
    POIData: { POITransactionID: { TransactionID: id } },
    OriginalPOITransaction: { POITransactionID: { TransactionID: id } },
  });
  expect(shop.world.terminal.find(saleId)?.facts.payment).toBe('reversed');
  expect(shop.world.platform?.ledger.trade(saleId)?.state).toBe('TRADE_CLOSED');
  const again = shop.ask('Reversal', body(id), { serviceId: 'R2' }).Response;
  expect(again.ErrorCondition).toBe('NotAllowed');
  expect(fieldsOf(again.AdditionalResponse).message).toMatch(/has gone back already/);
});

test('the same reversal again, and its status, behind a reboot too, are the same answer', async () => {
  const { shop, id } = await paid();
  const first = shop.ask('Reversal', body(id), { serviceId: 'R1' });
  expect(shop.ask('Reversal', body(id), { serviceId: 'R1' })).toEqual(first);
  shop.world.powerCut();
  shop.clock.advance(5_000);
  expect(shop.ask('Reversal', body(id), { serviceId: 'R1' })).toEqual(first);
  const { RepeatedMessageResponse } = shop.status('R1', {
    MessageReference: { MessageCategory: 'Reversal', SaleID: 'POS1', ServiceID: 'R1' },
  });
  expect(RepeatedMessageResponse.RepeatedResponseMessageBody.ReversalResponse).toEqual(first);
  expect(RepeatedMessageResponse.MessageHeader.MessageCategory).toBe('Reversal');
});

test('the payment itself succeeded, and that stays its answer', async () => {
  const { shop, id } = await paid();
  const before = shop.pay(12.8, '0001');
  shop.ask('Reversal', body(id));
  expect(shop.pay(12.8, '0001')).toEqual(before);
});

test('parts of it do not go back', async () => {
  const { shop, id, saleId } = await paid();
  const { Response } = shop.ask('Reversal', body(id, { ReversedAmount: 5 }));
  expect(Response.ErrorCondition).toBe('NotAllowed');
  expect(fieldsOf(Response.AdditionalResponse).message).toBe(
    'ReversedAmount 5 is a part of 12.8 CNY; only the whole goes back',
  );
  expect(shop.world.terminal.find(saleId)?.facts.payment).toBe('paid');
});

test('what was never paid here is not found', async () => {
  const { shop } = await paid();
  expect(shop.ask('Reversal', body('T0120260101080003000000.1')).Response.ErrorCondition).toBe('NotFound');
});

test('a platform that keeps the money: Refusal for this message for ever, whatever becomes of another', async () => {
  const { shop, id, saleId } = await paid();
  const { id: fault } = shop.world.faults.put({ fault: 'platform.cancel-refused' });
  const refused = shop.ask('Reversal', body(id), { serviceId: 'R1' });
  expect(refused.Response.ErrorCondition).toBe('Refusal');
  expect(shop.world.terminal.find(saleId)?.facts.payment).toBe('paid');
  shop.world.faults.clear(fault);
  shop.clock.advance(5_000);
  expect(shop.ask('Reversal', body(id), { serviceId: 'R2' }).Response.Result).toBe('Success');
  expect(shop.ask('Reversal', body(id), { serviceId: 'R1' })).toEqual(refused);
});

test('the same message twice at once: the money goes back once, and both are told the same in the end', async () => {
  const { shop, id } = await paid();
  const one = { path: '/nexo/', json: message('Reversal', body(id), { serviceId: 'R1' }) };
  const first = shop.till.send(one);
  const second = shop.ask('Reversal', body(id), { serviceId: 'R1' });
  expect(second.Response.ErrorCondition).toBe('InProgress');
  shop.clock.advance(5_000);
  expect(first.heard).toMatchObject({ answer: { body: expect.stringContaining('"Result":"Success"') } });
  expect(shop.ask('Reversal', body(id), { serviceId: 'R1' }).Response.Result).toBe('Success');
  const MessageReference = { MessageCategory: 'Reversal', SaleID: 'POS1', ServiceID: 'R1' };
  expect(shop.ask('TransactionStatus', { MessageReference }).Response.Result).toBe('Success');
});

test('an earlier refusal is no answer to the next message, neither at once nor behind a power cut', async () => {
  const { shop, id, saleId } = await paid();
  const { id: fault } = shop.world.faults.put({ fault: 'platform.cancel-refused' });
  expect(shop.ask('Reversal', body(id), { serviceId: 'R1' }).Response.ErrorCondition).toBe('Refusal');
  shop.clock.advance(5_000);
  shop.till.send({ path: '/nexo/', json: message('Reversal', body(id), { serviceId: 'R2' }) });
  shop.world.powerOff(1_000, { unsynced: 'lost' });
  shop.clock.advance(10_000);
  const MessageReference = { MessageCategory: 'Reversal', SaleID: 'POS1', ServiceID: 'R2' };
  expect(shop.ask('TransactionStatus', { MessageReference }).Response.ErrorCondition).toBe('NotFound');
  shop.world.faults.clear(fault);
  shop.till.send({ path: '/nexo/', json: message('Reversal', body(id), { serviceId: 'R3' }) });
  shop.clock.advance(3);
  const { Response } = shop.ask('Reversal', body(id), { serviceId: 'R3' });
  expect(Response.ErrorCondition).toBe('InProgress');
  shop.clock.advance(5_000);
  expect(shop.ask('Reversal', body(id), { serviceId: 'R3' }).Response.Result).toBe('Success');
  expect(shop.ask('TransactionStatus', { MessageReference }).Response.ErrorCondition).toBe('NotFound');
  expect(shop.ask('Reversal', body(id), { serviceId: 'R1' }).Response.ErrorCondition).toBe('Refusal');
  expect(shop.world.terminal.find(saleId)?.facts.payment).toBe('reversed');
});

test('a number that stands for the reversal of another sale is refused', async () => {
  const { shop, id } = await paid();
  const other = shop.pay(3, '0002').POIData.POITransactionID.TransactionID;
  shop.clock.advance(5_000);
  shop.ask('Reversal', body(id), { serviceId: 'R1' });
  const { Response } = shop.ask('Reversal', body(other), { serviceId: 'R1' });
  expect(Response.ErrorCondition).toBe('NotAllowed');
  expect(fieldsOf(Response.AdditionalResponse).message).toBe(
    `ServiceID R1 was used for the reversal of ${id} already; a new one needs a new one`,
  );
});

test('as long as the platform is silent it is InProgress; then Success', async () => {
  const { shop, id } = await paid();
  const { id: fault } = shop.world.faults.put({ fault: 'platform.cancel-lost', for: 3_600_000 });
  expect(shop.ask('Reversal', body(id), { serviceId: 'R1' }).Response.ErrorCondition).toBe('InProgress');
  const MessageReference = { MessageCategory: 'Reversal', SaleID: 'POS1', ServiceID: 'R1' };
  expect(shop.ask('TransactionStatus', { MessageReference }).Response.ErrorCondition).toBe('InProgress');
  shop.world.faults.clear(fault);
  shop.clock.advance(2_000_000);
  const { RepeatedResponseMessageBody } = shop.ask('TransactionStatus', { MessageReference }).RepeatedMessageResponse;
  expect(RepeatedResponseMessageBody.ReversalResponse.Response.Result).toBe('Success');
});

test('a power cut between what the till is promised and what the terminal knows: the same number does it after all', async () => {
  const { shop, id, saleId } = await paid();
  shop.till.send({ path: '/nexo/', json: message('Reversal', body(id), { serviceId: 'R1' }) });
  shop.world.powerOff(1_000, { unsynced: 'lost' });
  shop.clock.advance(10_000);
  expect(shop.world.terminal.find(saleId)?.facts.payment).toBe('paid');
  const MessageReference = { MessageCategory: 'Reversal', SaleID: 'POS1', ServiceID: 'R1' };
  expect(shop.ask('TransactionStatus', { MessageReference }).Response.ErrorCondition).toBe('NotFound');
  expect(shop.ask('Reversal', body(id), { serviceId: 'R1' }).Response.Result).toBe('Success');
});
