import { createEmulatedPlatform, type PlatformOptions } from '../../../src/emulator/platform/platform.js';
import { Flash } from '../../../src/ground/flash.js';
import { seededRandom } from '../../../src/ground/seeded-random.js';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import type { Storage } from '../../../src/ports/storage.js';

export type Node = Readonly<Record<string, unknown>>;

/** An emulated platform on a virtual clock, and a way to ask it that waits for the answer. */
export function platformWorld(options: PlatformOptions = {}, storage?: Storage, clock = new VirtualClock()) {
  const platform = createEmulatedPlatform({ clock, random: seededRandom(1), storage, options });
  const send = (method: string, bizContent: object) => {
    const heard: Node[] = [];
    platform.exchange(method, bizContent, (result) => {
      if ('response' in result) heard.push({ ...result.response });
    });
    return heard;
  };
  const ask = (method: string, bizContent: object): Node => {
    const heard = send(method, bizContent);
    clock.runUntil(() => heard.length > 0, 60_000);
    const [answer] = heard;
    if (answer === undefined) throw new Error(`no answer to ${method}`);
    return answer;
  };
  return {
    clock,
    platform,
    send,
    ask,
    pay: (orderNo: string, code: string, more: object = {}) => ask('alipay.trade.pay', payment(orderNo, code, more)),
    query: (orderNo: string) => ask('alipay.trade.query', { out_trade_no: orderNo }),
    cancel: (orderNo: string) => ask('alipay.trade.cancel', { out_trade_no: orderNo }),
    refund: (orderNo: string, yuan: string, requestNo?: string) =>
      ask('alipay.trade.refund', { out_trade_no: orderNo, refund_amount: yuan, out_request_no: requestNo }),
  };
}

export function payment(orderNo: string, code: string, more: object = {}): object {
  return {
    out_trade_no: orderNo,
    scene: 'bar_code',
    auth_code: code,
    subject: '拿铁',
    total_amount: '12.80',
    timeout_express: '2m',
    ...more,
  };
}

/** A platform whose books are on simulated flash, so that its process can be killed. */
export function killablePlatform(options: PlatformOptions = {}) {
  const clock = new VirtualClock();
  const flash = new Flash(clock);
  return { ...platformWorld(options, flash, clock), flash };
}

/** The same books after a kill, in a new process. */
export function revived(dead: ReturnType<typeof killablePlatform>, options: PlatformOptions = {}) {
  dead.platform.close();
  const flash = dead.flash.reopen();
  return { ...platformWorld(options, flash, dead.clock), flash };
}
