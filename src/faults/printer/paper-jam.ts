import { fault, printerCondition } from '../fault.js';

/**
 * Paper jam: the feed stalls in the middle of a line. The terminal sees a mechanical (recoverable) error, since no status
 * has a bit for a jam. Clearing takes the cause away; the printer goes on only after the driver's DLE ENQ.
 */
export const paperJam = fault({
  name: 'printer.paper-jam',
  title: { zh: '卡纸', en: 'paper jam' },
  about: 'The feed stalls in the middle of a line. Seen as a mechanical error (DLE EOT 3 bit 2).',
  usually: { line: 6 },
  ...printerCondition((printer, on) => printer.jam(on)),
});
