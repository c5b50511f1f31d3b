import type { PrinterProfile } from '../../src/ports/device.js';

/** An 80 mm printer that proves what it printed and clears its buffer on demand. */
export const WIDE: PrinterProfile = {
  id: 'test-80',
  maker: 'Test',
  model: 'T-80',
  paper: { widthMm: 80, printableDots: 576, dpi: 203 },
  columns: 48,
  speedMmPerS: 200,
  receiveBufferBytes: 4_096,
  baud: 115_200,
  cjk: 'gb18030',
  checkpoint: 'GS ( H',
  clearsBuffer: true,
  cutter: true,
};

/** A 58 mm printer with the least that can be worked with: `GS r`, no buffer clear, no cutter. */
export const NARROW: PrinterProfile = {
  ...WIDE,
  id: 'test-58',
  model: 'T-58',
  paper: { widthMm: 58, printableDots: 384, dpi: 203 },
  columns: 32,
  baud: 9_600,
  checkpoint: 'GS r',
  clearsBuffer: false,
  cutter: false,
};

/** As `WIDE`, without Chinese. */
export const WESTERN: PrinterProfile = { ...WIDE, id: 'test-western', cjk: 'none' };
