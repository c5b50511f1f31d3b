import { lineText } from '../../emulator/printer/paper/line-text.js';
import type { LineOperation, PaperOperation } from '../../emulator/printer/paper/operations.js';
import type { PrinterProfile } from '../../ports/device.js';
import { ticketEnd } from '../../terminal/ticket.js';
import type { World } from '../../world/world.js';

/** What a person sees who looks at what came out for a ticket. `partial`: it ends in the middle, or parts are missing. */
export type Look = 'nothing' | 'complete' | 'partial' | 'blank' | 'faint' | 'wrong-characters';

/** All that the emulated printer has done to its paper so far; whoever notes it sees later what has come since. */
export function paperMark({ emulatedPrinter }: World): number {
  return (emulatedPrinter?.paper.pieces ?? []).reduce((sum, { operations }) => sum + operations.length, 0);
}

/** Below this share of its dots nobody reads a line, as `lineText` has it; it is inked, though. */
function isBlank({ worn }: LineOperation): boolean {
  return worn?.blank === true;
}

/** The paper of one ticket, as it lies there: what came out between two marks. */
export function lookAtPaper(world: World, saleId: string, fromMark: number, toMark: number): Look {
  const operations = (world.emulatedPrinter?.paper.pieces ?? []).flatMap((piece): PaperOperation[] => [
    ...piece.operations,
  ]);
  const lines = operations
    .slice(fromMark, toMark)
    .filter((operation): operation is LineOperation => operation.op === 'line');
  if (lines.length === 0) return 'nothing';
  if (lines.some(isBlank)) return 'blank';
  const texts = lines.map(lineText);
  if (texts.every((text) => text === '')) return 'faint';
  const { end, order } = wordsOf(world.profile);
  const has = (words: string) => texts.some((text) => resembles(text, words));
  if (has(saleId) && has(order) && has(end)) return 'complete';
  if (lines.some(({ worn }) => (worn?.fade ?? 1) < 1)) return 'faint';
  const garbled = !has(order) && (has(saleId) || texts.filter(Boolean).length > 4);
  return garbled ? 'wrong-characters' : 'partial';
}

/** A letter or two that are wrong hinder no reader: most pairs of neighbours are there. */
function resembles(text: string, words: string): boolean {
  const pairs = Array.from({ length: words.length - 1 }, (_, i) => words.slice(i, i + 2));
  return pairs.filter((pair) => text.includes(pair)).length >= pairs.length * 0.6;
}

/** Words of every ticket by which a person sees that its characters are right: what the order number is called, and the end. */
function wordsOf({ cjk }: PrinterProfile): { end: string; order: string } {
  return cjk === 'none' ? { end: ticketEnd('en'), order: 'Order' } : { end: ticketEnd('both'), order: '订单号' };
}
