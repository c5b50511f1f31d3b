import { fault, printerCondition } from '../fault.js';

/** The printer's firmware hangs: it takes no bytes, prints nothing and answers nothing. */
export const hang = fault({
  name: 'printer.hang',
  title: { zh: '打印机死机', en: 'printer hangs' },
  about: 'It takes nothing, prints nothing, answers nothing. Seen as silence.',
  usually: { line: 6 },
  ...printerCondition((printer, on) => printer.hang(on)),
});
