import { fault } from '../fault.js';
import { READINGS, readsOtherwise } from '../readings.js';

/** The scanner is dirty or dark, or the beep was that of the next till. */
export const nothing = fault({
  name: 'scanner.nothing',
  title: { zh: '未读到付款码', en: 'nothing read' },
  about: 'A code is shown, and none is read. Seen as nothing: the terminal goes on waiting for a code.',
  attributes: READINGS,
  needs: 'scanner',
  begin: (ground, { times }) => readsOtherwise(ground, times, () => undefined),
});
