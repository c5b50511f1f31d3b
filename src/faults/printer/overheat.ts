import { fault, printerCondition } from '../fault.js';

/** The head reaches its limit: printing stops until it has cooled, which it does by itself. */
export const overheat = fault({
  name: 'printer.overheat',
  title: { zh: '打印头过热', en: 'head too hot' },
  about:
    'The head is at its limit. Seen as an error that ends by itself (DLE EOT 3 bit 6), some seconds after the cause.',
  usually: { line: 6 },
  part: 'thermal head',
  ...printerCondition((printer, on) => printer.overheat(on)),
});
