import { fault, printerCondition } from '../fault.js';

/** The roll lies the wrong way round: thermal paper has one side that turns black, and the head heats the other. */
export const upsideDownPaper = fault({
  name: 'printer.upside-down-paper',
  title: { zh: '热敏纸装反', en: 'paper upside down' },
  about: 'The paper stays blank. Seen as nothing: every status is good, and only a person sees the paper.',
  usually: 'now',
  part: 'thermal head',
  ...printerCondition((printer, on) => printer.upsideDownPaper(on)),
});
