import { invalid } from './refusal.js';

/** A part of a form with files (RFC 7578). */
export interface FormPart {
  readonly name: string;
  /** Of a file only. */
  readonly filename: string | undefined;
  readonly bytes: Uint8Array;
}

const MOST_PARTS = 20;

/** Reads a `multipart/form-data` body. Throws a `StripeRefusal`. */
export function parseMultipart(contentType: string, bytes: Uint8Array): FormPart[] {
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^;\s]{1,70}))/i.exec(contentType);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) throw invalid('Invalid request: the multipart/form-data body has no boundary.');
  // A letter for each byte, so that bytes can be looked for as text.
  const text = Buffer.from(bytes).toString('latin1');
  const parts = `\r\n${text}`.split(`\r\n--${mark}`);
  if (parts.length < 3 || !parts.at(-1)?.startsWith('--')) {
    throw invalid('Invalid request: the multipart/form-data body is not complete.');
  }
  if (parts.length - 2 > MOST_PARTS) throw invalid(`Invalid request: more than ${MOST_PARTS} parts in the form.`);
  return parts.slice(1, -1).map(partOf);
}

function partOf(text: string): FormPart {
  const head = text.indexOf('\r\n\r\n');
  const disposition = /\r\ncontent-disposition:([^\r\n]*)/i.exec(text.slice(0, Math.max(head, 0) + 2))?.[1] ?? '';
  const name = /[;\s]name="([^"]*)"/i.exec(disposition)?.[1];
  if (head < 0 || name === undefined) throw invalid('Invalid request: a part of the form has no name.');
  const filename = /[;\s]filename="([^"]*)"/i.exec(disposition)?.[1];
  return {
    name,
    filename: filename === undefined ? undefined : Buffer.from(filename, 'latin1').toString('utf8').slice(0, 100),
    bytes: Buffer.from(text.slice(head + 4), 'latin1'),
  };
}
