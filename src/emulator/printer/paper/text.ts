import { alignedText } from './line-text.js';
import type { PaperPiece } from './piece.js';

const LINE_DOTS = 30;

/**
 * The piece as plain text for a terminal: with alignment, blank lines for feeds, and words for codes and pictures.
 */
export function pieceText(piece: PaperPiece): string {
  const lines: string[] = [];
  let blankDots = 0;
  let picture = false;
  for (const operation of piece.operations) {
    if (operation.op === 'cut') continue;
    if (operation.op === 'feed') {
      blankDots += operation.feedDots;
      continue;
    }
    for (; blankDots >= LINE_DOTS; blankDots -= LINE_DOTS) lines.push('');
    const isPicture = operation.items.every((item) => item.kind === 'image');
    if (!isPicture) lines.push(alignedText(operation));
    else if (!picture) lines.push('[picture]');
    picture = isPicture;
    blankDots = Math.max(operation.feedDots - Math.max(operation.heightDots, LINE_DOTS), 0);
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
