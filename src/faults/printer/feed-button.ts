import { fault, printerCondition } from '../fault.js';

/** Something lies on the printer's feed button: it feeds line by line, and takes no job. Not in the middle of printing. */
export const feedButton = fault({
  name: 'printer.feed-button',
  title: { zh: '走纸键被按住', en: 'feed button held down' },
  about:
    'Paper comes out, blank, for as long as it is held; what is to be printed waits. Seen as offline (DLE EOT 2 bit 3) without a cause.',
  usually: 'now',
  ...printerCondition((printer, on) => printer.feedButton(on)),
});
