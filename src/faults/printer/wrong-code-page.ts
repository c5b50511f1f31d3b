import { z } from 'zod';
import { fault, site } from '../fault.js';

/** The printer is set to another code page than the terminal writes: letters beyond ASCII come out as others. */
export const wrongCodePage = fault({
  name: 'printer.wrong-code-page',
  title: { zh: '代码页错误', en: 'wrong code page' },
  about:
    'It takes every character for one of another encoding. Seen as nothing: every status is good, and the paper holds garbage.',
  usually: 'now',
  condition: true,
  attributes: z.strictObject({
    encoding: z
      .enum(['cp437', 'cp850', 'cp866', 'cp1252', 'katakana', 'gb18030', 'big5', 'shift_jis', 'euc-kr'])
      .default('cp437')
      .describe('what the printer takes the characters for'),
  }),
  needs: 'printer',
  begin({ sites }, { encoding }) {
    const printer = site(sites, 'printer');
    printer.wrongCodePage(encoding);
    return () => printer.wrongCodePage(undefined);
  },
});
