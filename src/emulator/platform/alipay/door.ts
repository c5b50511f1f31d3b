import type { KeyObject } from 'node:crypto';
import { type AnswerNode, rejected } from './answers.js';
import { isSignedBy, signedText } from './signing.js';

/** What is known of the one merchant whose requests are taken. */
export interface KnownMerchant {
  readonly appId: string;
  readonly publicKey: KeyObject;
}

export type DoorAnswer =
  | { readonly ok: true; readonly bizContent: unknown }
  /** The real gateway signs its refusals only once it knows that the request is the merchant's own. */
  | { readonly ok: false; readonly signed: boolean; readonly response: AnswerNode };

/**
 * The checks before any business: system parameters, signature, and that biz_content can be read, in the words of
 * opendocs.alipay.com/common/02km9f. The time stamp is checked for its form only, as by the real gateway.
 */
export function checkAtDoor(parameters: ReadonlyMap<string, string>, merchant: KnownMerchant): DoorAnswer {
  const fault = missing(parameters) ?? unacceptable(parameters, merchant);
  if (fault !== undefined) return { ok: false, signed: false, response: fault };
  const text = signedText(parameters);
  if (!isSignedBy(merchant.publicKey, text, parameters.get('sign') ?? '')) {
    const words = `验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：${text}`;
    return { ok: false, signed: true, response: rejected('40002', 'isv.invalid-signature', words) };
  }
  try {
    return { ok: true, bizContent: JSON.parse(parameters.get('biz_content') ?? '{}') };
  } catch {
    const response = rejected('40002', 'isv.invalid-parameter', '参数无效：biz_content 不是合法的 JSON');
    return { ok: false, signed: true, response };
  }
}

const REQUIRED: readonly (readonly [name: string, subCode: string, subMsg: string])[] = [
  ['method', 'isv.missing-method', '缺少方法名参数'],
  ['app_id', 'isv.missing-app-id', '缺少AppID参数'],
  ['sign_type', 'isv.missing-signature-type', '缺少签名类型参数'],
  ['sign', 'isv.missing-signature', '缺少签名参数'],
  ['timestamp', 'isv.missing-timestamp', '缺少时间戳参数'],
  ['version', 'isv.missing-version', '缺少版本参数'],
];

function missing(parameters: ReadonlyMap<string, string>): AnswerNode | undefined {
  for (const [name, subCode, subMsg] of REQUIRED) {
    if ((parameters.get(name) ?? '') === '') return rejected('40001', subCode, subMsg);
  }
  return undefined;
}

function unacceptable(parameters: ReadonlyMap<string, string>, merchant: KnownMerchant): AnswerNode | undefined {
  const is = (name: string, form: RegExp) => form.test(parameters.get(name) ?? '');
  if (parameters.get('app_id') !== merchant.appId) {
    return rejected('40002', 'isv.invalid-app-id', '无效的AppID参数');
  }
  if (!is('sign_type', /^RSA2$/)) return rejected('40002', 'isv.invalid-signature-type', '无效的签名类型');
  if (!is('timestamp', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)) {
    return rejected('40002', 'isv.invalid-timestamp', '非法的时间戳参数');
  }
  if (!is('version', /^1\.0$/)) return rejected('40002', 'isv.invalid-parameter', '参数无效：version');
  if (!is('charset', /^(?:|utf-?8)$/i)) return rejected('40002', 'isv.invalid-charset', '字符集错误');
  if (!is('format', /^(?:|json)$/i)) return rejected('40002', 'isv.invalid-format', '无效的数据格式');
  return undefined;
}
