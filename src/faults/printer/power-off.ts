import { fault, printerCondition } from '../fault.js';

/** The printer loses its power: what it held and its settings are gone. It ends with power coming back. */
export const powerOff = fault({
  name: 'printer.power-off',
  title: { zh: '打印机断电', en: 'printer without power' },
  about:
    'It is off; buffers and settings are lost. Seen as silence, and afterwards as a printer that knows nothing of the job.',
  usually: { line: 6 },
  ...printerCondition((printer, on) => printer.power(!on)),
});
