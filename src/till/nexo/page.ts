import { PaperjamError } from '../../base/errors.js';
import type { BarcodeSystem, TextStyle, TicketDocument, TicketElement } from '../../ports/ticket.js';
import type { OutputContent, OutputText } from './output.js';
import { elementsOfXhtml } from './xhtml.js';

/**
 * A page that a till wants printed, as a document for the driver: text, a bar code or QR code, or a small XHTML with
 * pictures. Throws `PJ_TICKET` for what no printer here has.
 */
export function pageOf(content: OutputContent, widthDots: number): TicketDocument {
  return { elements: [...elementsOf(content, widthDots), { kind: 'cut' }] };
}

function elementsOf(content: OutputContent, widthDots: number): TicketElement[] {
  const { OutputFormat, OutputText, OutputBarcode, OutputXHTML } = content;
  switch (OutputFormat) {
    case 'Text':
      if (OutputText === undefined) throw wanting('Text', 'OutputText');
      return linesOf(OutputText).map(elementOfLine);
    case 'BarCode':
      if (OutputBarcode === undefined) throw wanting('BarCode', 'OutputBarcode');
      return [barcode(OutputBarcode)];
    case 'XHTML':
      if (OutputXHTML === undefined) throw wanting('XHTML', 'OutputXHTML');
      return elementsOfXhtml(OutputXHTML, widthDots);
    case 'MessageRef':
      throw refused('OutputFormat is MessageRef, and no texts are kept here', 'Text, BarCode, XHTML');
  }
}

/** Pieces of text up to the end of each line. */
function linesOf(pieces: readonly OutputText[]): OutputText[][] {
  const lines: OutputText[][] = [[]];
  for (const piece of pieces) {
    lines.at(-1)?.push(piece);
    if (piece.EndOfLineFlag !== false) lines.push([]);
  }
  return lines.filter((line) => line.length > 0);
}

/** Two pieces of which the second stands at the right edge are a label and its value; else a line looks as it begins. */
function elementOfLine(line: readonly OutputText[]): TicketElement {
  const [first = {}, second] = line;
  if (line.length === 2 && second?.Alignment === 'Right' && first.Alignment !== 'Centred') {
    return { kind: 'pair', label: first.Text ?? '', value: second.Text ?? '', ...styleOf(first) };
  }
  const text = line.map((piece) => piece.Text ?? '').join('');
  const field = line.length === 1 ? receiptField(text) : undefined;
  if (field === undefined) return textElement(text, styleOf(first));
  const { name = '', value } = field;
  if (value === undefined) return textElement(name, styleOf(first));
  return { kind: 'pair', label: name, value, ...styleOf(first) };
}

function textElement(text: string, style: TextStyle): TicketElement {
  return text.trim() === '' ? { kind: 'feed', lines: 1 } : { kind: 'text', text, ...style };
}

/** A line of a receipt that the till had from this terminal, `name=…&value=…&key=…`, printed as it is meant. */
function receiptField(text: string): { readonly name?: string; readonly value?: string } | undefined {
  if (!/^(?:(?:name|value|key)=[^&=\s]*(?:&|$)){1,3}$/.test(text) || !/(?:^|&)key=/.test(text)) return undefined;
  const fields = new URLSearchParams(text);
  const [name, value] = [fields.get('name'), fields.get('value')];
  return { ...(name === null ? {} : { name }), ...(value === null ? {} : { value }) };
}

const ALIGN = { Left: 'left', Justified: 'left', Right: 'right', Centred: 'center' } as const;

function styleOf({ Alignment, CharacterStyle, CharacterWidth, CharacterHeight }: OutputText): TextStyle {
  return {
    ...(Alignment === undefined ? {} : { align: ALIGN[Alignment] }),
    ...(CharacterStyle === 'Bold' ? { bold: true } : {}),
    // No printer language here has italics: they stand out in another way.
    ...(CharacterStyle === 'Underlined' || CharacterStyle === 'Italic' ? { underline: true } : {}),
    ...(CharacterWidth === 'DoubleWidth' ? { width: 2 } : {}),
    ...(CharacterHeight === 'DoubleHeight' ? { height: 2 } : {}),
  };
}

const SYSTEMS: Readonly<Record<string, BarcodeSystem>> = {
  EAN8: 'ean8',
  EAN13: 'ean13',
  UPCA: 'upca',
  Code25: 'itf',
  Code128: 'code128',
};

function barcode({ BarcodeType = 'EAN13', BarcodeValue }: NonNullable<OutputContent['OutputBarcode']>): TicketElement {
  if (BarcodeType === 'QRCode') return { kind: 'qr', data: BarcodeValue };
  const system = SYSTEMS[BarcodeType];
  if (system === undefined)
    throw refused(`BarcodeType is ${BarcodeType}`, `QRCode, ${Object.keys(SYSTEMS).join(', ')}`);
  return { kind: 'barcode', system, data: BarcodeValue };
}

function wanting(format: string, field: string): PaperjamError {
  return refused(`OutputFormat is ${format}, and there is no ${field}`, `${field} with OutputFormat ${format}`);
}

function refused(problem: string, allowed: string): PaperjamError {
  return new PaperjamError('PJ_TICKET', { problem, allowed });
}
