import { createSign, createVerify, type KeyObject } from 'node:crypto';
import type { AnswerNode } from './answers.js';

/**
 * What a request's signature is over: every parameter but `sign` that is not empty, sorted by name, `name=value` joined
 * by `&` (opendocs.alipay.com/common/02kf5q).
 */
export function signedText(parameters: ReadonlyMap<string, string>): string {
  return [...parameters]
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** RSA2: SHA-256 with RSA, base64. Anything that is not a signature is a wrong one. */
export function isSignedBy(key: KeyObject, text: string, signature: string): boolean {
  return createVerify('RSA-SHA256').update(text, 'utf8').verify(key, signature, 'base64');
}

/** `bad`: a signature by the right key, over something else. */
function signatureOf(key: KeyObject, text: string, bad: boolean): string {
  return createSign('RSA-SHA256')
    .update(bad ? `${text} ` : text, 'utf8')
    .sign(key, 'base64');
}

/**
 * A notice as a form. Its signature is over every parameter but `sign` and `sign_type`, sorted and joined like a
 * request's (opendocs.alipay.com/open/194/103296).
 */
export function signedForm(key: KeyObject, fields: Readonly<Record<string, string>>, bad = false): URLSearchParams {
  const sign = signatureOf(key, signedText(new Map(Object.entries(fields))), bad);
  return new URLSearchParams({ ...fields, sign_type: 'RSA2', sign });
}

/** `{"alipay_trade_pay_response":{…},"sign":"…"}`: the signature is over the node's very characters. */
export function signedAnswer(key: KeyObject, method: string, node: AnswerNode, bad = false): string {
  const text = JSON.stringify(node);
  const sign = signatureOf(key, text, bad);
  return `{${JSON.stringify(responseKey(method))}:${text},"sign":${JSON.stringify(sign)}}`;
}

/** An answer to somebody whose keys the platform does not know, or has not checked yet. */
export function unsignedAnswer(method: string, node: AnswerNode): string {
  return `{${JSON.stringify(responseKey(method))}:${JSON.stringify(node)}}`;
}

function responseKey(method: string): string {
  return method === '' ? 'error_response' : `${method.replaceAll('.', '_')}_response`;
}
