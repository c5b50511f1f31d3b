import { fault, printerCondition } from '../fault.js';

/** Somebody presses its button: the printer is offline, without a cause that it could name, and holds what comes. */
export const offline = fault({
  name: 'printer.offline',
  title: { zh: '打印机脱机', en: 'printer offline' },
  about: 'It was taken offline at its panel. Seen as offline (DLE EOT 1 bit 3) without a cause.',
  usually: { line: 6 },
  ...printerCondition((printer, on) => printer.offline(on)),
});
