import { PaperjamError } from './errors.js';

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
/** Within four digits, from the thousands down. */
const PLACES = [
  { unit: '仟', worth: 1_000 },
  { unit: '佰', worth: 100 },
  { unit: '拾', worth: 10 },
  { unit: '', worth: 1 },
];
/** Of each four digits, from the top. */
const GROUPS = [
  { unit: '亿', worth: 100_000_000 },
  { unit: '万', worth: 10_000 },
  { unit: '', worth: 1 },
];
/** Below 10,000 亿 yuan: what three groups of four digits hold. */
const MOST_FEN = 99_999_999_999_999;

/**
 * An amount as Chinese banks write it out, so that no digit can be added: `1280` → `人民币壹拾贰元捌角整`. 0 to
 * 99,999,999,999,999 fen; throws `PJ_AMOUNT` for anything else.
 *
 * Source: People's Bank of China, 支付结算办法 (银发〔1997〕393号), annex 1, 正确填写票据和结算凭证的基本规定, rules 1 to 4:
 * 人民币 goes in front without a gap (3); 整 follows 元 when that is the end, may follow 角, never follows 分 (2); zeros inside
 * are one 零 (4.1, 4.2), and so is a missing 角 before 分 (4.4). Where it leaves the 零 to the writer (4.3: a zero at 元 or 万
 * with something behind it), this is the form that it prints first: `壹仟陆佰捌拾元零叁角贰分`, `壹拾万柒仟元零伍角叁分`. 整 after
 * 角 is what 会计基础工作规范 (Ministry of Finance), article 52, asks for.
 */
export function capitalYuan(fen: number): string {
  if (!Number.isInteger(fen) || fen < 0 || fen > MOST_FEN) {
    throw new PaperjamError('PJ_AMOUNT', {
      value: `${fen} fen`,
      allowed: `a whole number of fen, from 0 to ${MOST_FEN}`,
    });
  }
  const yuan = Math.floor(fen / 100);
  const jiao = Math.floor(fen / 10) % 10;
  const odd = fen % 10;
  let text = yuan > 0 || fen === 0 ? `人民币${wholeNumber(yuan)}元` : '人民币';
  if (jiao === 0 && odd === 0) return `${text}整`;
  if (yuan > 0 && (jiao === 0 || yuan % 10 === 0)) text += '零';
  if (jiao > 0) text += `${DIGITS[jiao]}角`;
  return odd > 0 ? `${text}${DIGITS[odd]}分` : `${text}整`;
}

function wholeNumber(value: number): string {
  let text = '';
  let gap = false;
  for (const { unit, worth } of GROUPS) {
    const group = Math.floor(value / worth) % 10_000;
    if (group > 0) text += (text !== '' && (gap || group < 1_000) ? '零' : '') + fourDigits(group) + unit;
    gap = group === 0;
  }
  return text === '' ? '零' : text;
}

/** `1409` as 壹仟肆佰零玖; zeros at either end are left out. */
function fourDigits(value: number): string {
  let text = '';
  let gap = false;
  for (const { unit, worth } of PLACES) {
    const digit = Math.floor(value / worth) % 10;
    if (digit > 0) text += (text !== '' && gap ? '零' : '') + DIGITS[digit] + unit;
    gap = digit === 0;
  }
  return text;
}
