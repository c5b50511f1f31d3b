import { fault, printerCondition } from '../fault.js';

/** Somebody opens the cover: printing stops, and the printer is offline until it is closed. */
export const coverOpen = fault({
  name: 'printer.cover-open',
  title: { zh: '打印机盖打开', en: 'cover open' },
  about: 'The cover is open. Seen as cover open (DLE EOT 2 bit 2) and offline.',
  usually: { line: 6 },
  ...printerCondition((printer, on) => printer.coverOpen(on)),
});
