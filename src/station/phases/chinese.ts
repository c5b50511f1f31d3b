import iconv from 'iconv-lite';
import type { PrinterProfile } from '../../ports/device.js';
import type { Bench } from '../bench.js';
import { ESC_INITIALIZE, FULL_WIDTH_OFF, FULL_WIDTH_ON, join, SHIFT_JIS } from '../escpos.js';
import { printAndLook, type Sight } from '../look.js';
import type { Phase } from '../phase.js';
import type { Work } from '../wait.js';

type Cjk = Exclude<PrinterProfile['cjk'], 'none'>;

/** What tickets are made of, in the characters of each market. Short enough for 58 mm. */
const TEXTS: Readonly<Record<Cjk, { readonly encoding: string; readonly lines: readonly string[] }>> = {
  gb18030: { encoding: 'gb18030', lines: ['人民币壹拾贰元捌角整', '零壹贰叁肆伍陆柒捌玖', '合计￥12.80 支付成功'] },
  big5: { encoding: 'big5', lines: ['新臺幣壹拾貳元捌角整', '零壹貳參肆伍陸柒捌玖', '合計12.80 付款成功'] },
  shift_jis: { encoding: 'shift_jis', lines: ['お買上げ明細書', '合計1280円 領収書'] },
  'euc-kr': { encoding: 'cp949', lines: ['영수증 결제 완료', '합계 12,800원'] },
};
/** 㐀: outside of GBK, so it takes four bytes (81 39 EE 39), which older models do not know. */
const FOUR_BYTES = '㐀';
const LINE_MM = 4;
const AT_POWER_ON = {
  name: 'chinese.at-power-on',
  title: 'full-width characters after switching on, as in the profile',
};

/** Full-width characters. */
export const chinese: Phase = {
  name: 'chinese',
  title: 'Chinese',
  needs: 'ready',
  limitMs: ({ person }) => 60_000 + 4 * person.timeLimitMs,
  *run(bench) {
    const { cjk } = bench.profile;
    const text = { name: 'chinese.text', title: 'full-width characters' };
    const four = { name: 'chinese.four-byte', title: 'a character of four bytes' };
    if (cjk === 'none') {
      bench.results.skip(text, 'this model has none');
      bench.results.skip(four, 'this model has none');
      bench.results.skip(AT_POWER_ON, 'this model has none');
      return;
    }
    const { encoding, lines } = TEXTS[cjk];
    const printed = cjk === 'gb18030' ? [...lines, FOUR_BYTES] : lines;
    const sights: Sight[] = [{ what: text, problem: ({ lines: seen }) => missing(lines, seen) }];
    if (cjk === 'gb18030') sights.push({ what: four, problem: ({ lines: seen }) => missing([FOUR_BYTES], seen) });
    else bench.results.skip(four, 'only GB18030 has such');
    yield* printAndLook(bench, {
      bytes: join(
        cjk === 'shift_jis' ? SHIFT_JIS : [],
        FULL_WIDTH_ON,
        ...printed.map((one) => iconv.encode(`${one}\n`, encoding)),
        FULL_WIDTH_OFF,
      ),
      mm: printed.length * LINE_MM,
      name: 'chinese',
      question: `Does the paper say ${printed.join(' / ')} ?`,
      sights,
    });
    if (cjk === 'shift_jis') bench.results.skip(AT_POWER_ON, 'Japanese models begin with JIS');
    else yield* atPowerOn(bench, iconv.encode(`${lines[0]}\n`, encoding), lines[0] ?? '');
  },
};

/** The same bytes without `FS &`, after `ESC @`, which leaves a printer as after switching on. */
function* atPowerOn(bench: Bench, bytes: Uint8Array, text: string): Work {
  const on = bench.profile.cjkAtPowerOn === true;
  const words = `full-width characters are ${on ? 'off' : 'on'} after switching on`;
  yield* printAndLook(bench, {
    bytes: join(ESC_INITIALIZE, bytes),
    mm: LINE_MM,
    name: 'chinese-at-power-on',
    question: on ? `Does the paper say ${text} ?` : `Is there anything else than ${text} on the paper?`,
    sights: [{ what: AT_POWER_ON, problem: ({ lines: seen }) => (seen.includes(text) === on ? undefined : words) }],
  });
}

function missing(lines: readonly string[], seen: readonly string[]): string | undefined {
  const lost = lines.find((one) => !seen.includes(one));
  return lost === undefined
    ? undefined
    : `${lost} is not on the paper; there is ${seen.join(' / ') || 'nothing to read'}`;
}
