import { PaperjamError } from '../../base/errors.js';
import type { TicketElement } from '../../ports/ticket.js';
import { pictureOfPng } from '../picture.js';

/** As many as there may be pieces of text. */
const LINES_MAX = 500;

/**
 * The XHTML that the Terminal API prints: in base64, pictures as `<img src="data:image/png;base64,…"/>`, and the words
 * around them, one line for each paragraph or break (Adyen: print on the terminal). Any other mark-up is left out, and so is
 * a bracket that begins none.
 */
export function elementsOfXhtml(base64: string, widthDots: number): TicketElement[] {
  const xhtml = Buffer.from(base64, 'base64').toString('utf8');
  const elements: TicketElement[] = [];
  // Neither here nor below may two parts of a pattern fit the same letters: a till's megabyte is read in one go.
  for (const [part] of xhtml.matchAll(/<[^<>]*>|[^<]+|</g)) {
    if (/^<img[\s/>]/i.test(part)) elements.push(picture(part, widthDots));
    else if (part.startsWith('<')) continue;
    else elements.push(...words(part));
    if (elements.length > LINES_MAX) throw refused(`OutputXHTML has more than ${LINES_MAX} lines and pictures`);
  }
  if (elements.length === 0) throw refused('OutputXHTML holds neither words nor pictures');
  return elements;
}

function picture(tag: string, widthDots: number): TicketElement {
  const data = /\ssrc\s*=\s*["']\s*data:image\/png;base64,([^"']*)["']/i.exec(tag)?.[1];
  if (data === undefined) throw refused(`the source of a picture is ${short(tag)}`);
  const drawn = pictureOfPng(Buffer.from(data, 'base64'), widthDots);
  if (typeof drawn === 'string') throw refused(drawn);
  return { kind: 'image', ...drawn };
}

function words(part: string): TicketElement[] {
  const text = part.replaceAll(/\s+/g, ' ').trim();
  return text === '' ? [] : [{ kind: 'text', text: unescaped(text) }];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');
}

function short(tag: string): string {
  return tag.length <= 60 ? tag : `${tag.slice(0, 60)}…`;
}

function refused(problem: string): PaperjamError {
  const allowed = 'base64 of XHTML with pictures as <img src="data:image/png;base64,…"/>';
  return new PaperjamError('PJ_TICKET', { problem, allowed });
}
