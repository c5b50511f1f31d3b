import { z } from 'zod';
import type { PlatformRefusal } from '../../ports/faults.js';
import { fault, site } from '../fault.js';

/**
 * Nobody has updated the terminal: its certificate has run out, its key was replaced, or it speaks a version that is no
 * longer served. Sub codes: opendocs.alipay.com/common/02km9f and, for certificates, common/02kdnf.
 */
export const outdatedKey = fault({
  name: 'terminal.outdated-key',
  title: { zh: '证书或密钥过期', en: 'key or certificate outdated' },
  about: 'The platform turns every request away at its door. Seen as a refusal that names what is outdated.',
  usually: 'now',
  attributes: z.strictObject({
    what: z.enum(['certificate', 'key', 'version']).default('certificate').describe('what is outdated'),
  }),
  needs: 'platform',
  begin: ({ sites }, { what }) => site(sites, 'platform').onRequest(() => ({ refuse: REFUSALS[what] })),
});

const REFUSALS: Record<'certificate' | 'key' | 'version', PlatformRefusal> = {
  certificate: { atDoor: true, subCode: 'isv.app-cert-expired', words: '应用公钥证书已过期' },
  key: { atDoor: true, subCode: 'isv.invalid-signature', words: '验签出错，应用公钥已更换' },
  version: { atDoor: true, subCode: 'isv.invalid-parameter', words: '参数无效：version' },
};
