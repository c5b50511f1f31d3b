import { fault, printerCondition } from '../fault.js';

/** The printer is broken: no command helps. It ends with its repair, after which it is switched on again. */
export const unrecoverableError = fault({
  name: 'printer.unrecoverable-error',
  title: { zh: '打印机硬件故障', en: 'printer broken' },
  about:
    'It is broken, and prints no more. Seen as an unrecoverable error (DLE EOT 3 bit 5) until it is repaired and switched on again.',
  usually: { line: 6 },
  ...printerCondition((printer, on) => printer.unrecoverable(on)),
});
