import type { PaperExcerpt } from '../../src/station/paper-view.js';
import type { VirtualGround } from './bench.js';

/** Whoever comes next: prints a line of text and gives what came out. */
export function printNext({ clock, link, paper }: VirtualGround): PaperExcerpt {
  const mark = paper.mark();
  const line = link(undefined);
  line.open({
    opened: () => line.write(Buffer.from('NEXT\n')),
    received() {},
    drained() {},
    lost: ({ message }) => {
      throw new Error(message);
    },
  });
  clock.advance(60_000);
  line.close();
  return paper.since(mark);
}
