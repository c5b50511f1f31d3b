import { z } from 'zod';
import type { FaultSites, Undo } from '../../ports/faults.js';
import { fault, site } from '../fault.js';

/**
 * Somebody has set the terminal up wrongly. What matters is the difference between the two sides, so the code page and the
 * rate are set wrong at the printer; a request that is signed with the wrong key is turned away at the gateway's door, in
 * the words of opendocs.alipay.com/common/02km9f.
 */
export const misconfigured = fault({
  name: 'terminal.misconfigured',
  title: { zh: '终端配置错误', en: 'terminal set up wrongly' },
  about:
    'Code page, line rate, merchant key or clock are set wrong. Seen as garbage on paper only, as a printer that does not answer, as a refusal (isv.invalid-signature), or as wrong times.',
  usually: 'now',
  attributes: z.strictObject({
    what: z.enum(['code-page', 'baud', 'merchant-key', 'clock']).default('merchant-key').describe('what is set wrong'),
    clockMs: z
      .int()
      .min(-315_576_000_000)
      .max(315_576_000_000)
      .default(-86_400_000)
      .describe('with clock: milliseconds by which it is ahead; below 0 behind'),
  }),
  needs: 'terminal',
  alsoNeeds: ({ what }) => NEEDS[what],
  begin: ({ sites }, { what, clockMs }) => SET_WRONG[what](sites, clockMs),
});

const NEEDS: Partial<Record<keyof typeof SET_WRONG, keyof FaultSites>> = {
  'code-page': 'printer',
  baud: 'printerLink',
  'merchant-key': 'platform',
};

const SET_WRONG = {
  'code-page': (sites: FaultSites): Undo => {
    const printer = site(sites, 'printer');
    printer.wrongCodePage('cp437');
    return () => printer.wrongCodePage(undefined);
  },
  baud: (sites: FaultSites): Undo => {
    const link = site(sites, 'printerLink');
    link.rates({ host: 115_200, printer: 9_600 });
    return () => link.rates(undefined);
  },
  'merchant-key': (sites: FaultSites): Undo =>
    site(sites, 'platform').onRequest(() => ({
      refuse: {
        atDoor: true,
        subCode: 'isv.invalid-signature',
        words: '验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配',
      },
    })),
  clock: (sites: FaultSites, clockMs: number): Undo => site(sites, 'terminal').shiftClock(clockMs),
};
