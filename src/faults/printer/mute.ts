import { fault, printerCondition } from '../fault.js';

/** The printer takes bytes and prints, but its answers do not come back: a broken receive wire. */
export const mute = fault({
  name: 'printer.mute',
  title: { zh: '打印机不回应', en: 'printer answers nothing' },
  about: 'It prints, and answers nothing. Seen as silence: what was printed cannot be confirmed.',
  usually: 'now',
  ...printerCondition((printer, on) => printer.mute(on)),
});
