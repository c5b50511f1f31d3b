import type { AlipaySdkCommonResult } from 'alipay-sdk';
import { describe, expect, test } from 'vitest';
import { Flash } from '../../../../src/ground/flash.js';
import { wallClock } from '../../../../src/ground/wall-clock.js';
import { STRANGER, servedPlatform, vendorSdk } from './support.js';

const settled = async (run: () => Promise<AlipaySdkCommonResult>, state: string) => {
  for (;;) {
    const answer = await run();
    if (answer.tradeStatus === state) return answer;
  }
};

describe("the vendor's SDK, unmodified, with signatures checked", () => {
  test('sees a payment, and the same payment for the same request', async () => {
    await using world = await servedPlatform();
    const sdk = vendorSdk(world.server);
    const code = world.platform.issueCode({ behaviour: 'pays' });
    const paid = await sdk.pay('A1', code);
    expect(paid).toMatchObject({ code: '10000', outTradeNo: 'A1', totalAmount: '12.80' });
    expect(await sdk.pay('A1', code)).toMatchObject({ code: '10000', tradeNo: paid.tradeNo });
    expect(await sdk.pay('A1', world.platform.issueCode({ behaviour: 'pays' }))).toMatchObject({
      subCode: 'ACQ.TRADE_HAS_SUCCESS',
    });
    expect(world.platform.ledger.trades()).toHaveLength(1);
  });

  test('sees a customer who confirms', async () => {
    await using world = await servedPlatform();
    const sdk = vendorSdk(world.server);
    const code = world.platform.issueCode({ behaviour: 'confirms', afterMs: 0 });
    expect(await sdk.pay('A1', code)).toMatchObject({ code: '10003' });
    expect(await settled(() => sdk.query('A1'), 'TRADE_SUCCESS')).toMatchObject({ totalAmount: '12.80' });
  });

  test('sees one who refuses, one without money, and one who walks away', async () => {
    await using world = await servedPlatform();
    const sdk = vendorSdk(world.server);
    expect(await sdk.pay('A1', world.platform.issueCode({ behaviour: 'refuses', afterMs: 0 }))).toMatchObject({
      code: '10003',
    });
    await settled(() => sdk.query('A1'), 'TRADE_CLOSED');
    expect(await sdk.pay('A2', world.platform.issueCode({ behaviour: 'no-money' }))).toMatchObject({
      subCode: 'ACQ.BUYER_BALANCE_NOT_ENOUGH',
    });
    expect(await sdk.pay('A3', world.platform.issueCode({ behaviour: 'never' }))).toMatchObject({ code: '10003' });
    expect(await sdk.query('A3')).toMatchObject({ tradeStatus: 'WAIT_BUYER_PAY' });
    expect(await sdk.cancel('A3')).toMatchObject({ action: 'close', retryFlag: 'N' });
    expect(await sdk.query('A3')).toMatchObject({ tradeStatus: 'TRADE_CLOSED' });
  });

  test('sees cancels of nothing and of a payment, and refunds in parts', async () => {
    await using world = await servedPlatform();
    const sdk = vendorSdk(world.server);
    const nothing = await sdk.cancel('A0');
    expect(nothing).toMatchObject({ code: '10000', retryFlag: 'N' });
    expect(nothing.action).toBeUndefined();
    await sdk.pay('A1', world.platform.issueCode({ behaviour: 'pays' }));
    expect(await sdk.cancel('A1')).toMatchObject({ action: 'refund' });
    await sdk.pay('A2', world.platform.issueCode({ behaviour: 'pays' }));
    expect(await sdk.refund('A2', '2.80', 'R1')).toMatchObject({ fundChange: 'Y', refundFee: '2.80' });
    expect(await sdk.refund('A2', '10.01', 'R2')).toMatchObject({ subCode: 'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL' });
    expect(await sdk.refund('A2', '10.00', 'R2')).toMatchObject({ refundFee: '12.80' });
    expect(await sdk.query('A2')).toMatchObject({ tradeStatus: 'TRADE_CLOSED' });
  });

  test('sees a wrong key, an unknown method, a missing field and a used code', async () => {
    await using world = await servedPlatform();
    const sdk = vendorSdk(world.server);
    expect(await vendorSdk(world.server, { privateKey: STRANGER.privateKey }).query('A1')).toMatchObject({
      code: '40002',
      subCode: 'isv.invalid-signature',
    });
    expect(await sdk.exec('alipay.trade.gift', {})).toMatchObject({ code: '40002', subCode: 'isv.invalid-method' });
    const code = world.platform.issueCode({ behaviour: 'pays' });
    expect(await sdk.pay('A1', code, { subject: undefined })).toMatchObject({ subCode: 'ACQ.INVALID_PARAMETER' });
    await sdk.pay('A1', code);
    expect(await sdk.pay('A2', code)).toMatchObject({ subCode: 'ACQ.PAYMENT_AUTH_CODE_INVALID' });
  });

  test('throws for a wrong app, since nobody has signed the answer', async () => {
    await using world = await servedPlatform();
    await expect(vendorSdk(world.server, { appId: '2021000000000002' }).query('A1')).rejects.toThrow(TypeError);
  });

  test('hears nothing of an answer that is lost, and finds the payment by a query', async () => {
    await using world = await servedPlatform();
    world.platform.site.onAnswer(({ method }) => (method === 'alipay.trade.pay' ? 'lose' : 'deliver'));
    const code = world.platform.issueCode({ behaviour: 'pays' });
    await expect(vendorSdk(world.server, { timeout: 50 }).pay('A1', code)).rejects.toThrow('timeout');
    expect(await vendorSdk(world.server).query('A1')).toMatchObject({ tradeStatus: 'TRADE_SUCCESS' });
  });

  test('waits for an answer that is delayed', async () => {
    await using world = await servedPlatform();
    world.platform.site.onAnswer(() => ({ delayMs: 30 }));
    const startedMs = performance.now();
    expect(await vendorSdk(world.server).query('A1')).toMatchObject({ subCode: 'ACQ.TRADE_NOT_EXIST' });
    expect(performance.now() - startedMs).toBeGreaterThan(28);
  });

  test('finds the payment after the platform was killed between booking and answer', async () => {
    const flash = new Flash(wallClock);
    const code = '281234567890123456';
    {
      await using world = await servedPlatform({}, flash);
      world.platform.site.onAnswer(() => 'lose');
      await expect(vendorSdk(world.server, { timeout: 50 }).pay('A1', code)).rejects.toThrow('timeout');
      flash.cut('nothing');
    }
    await using world = await servedPlatform({}, flash.reopen());
    expect(await vendorSdk(world.server).query('A1')).toMatchObject({ tradeStatus: 'TRADE_SUCCESS' });
    expect(await vendorSdk(world.server).pay('A1', code)).toMatchObject({ code: '10000' });
    expect(world.platform.ledger.trades()).toHaveLength(1);
  });
});
