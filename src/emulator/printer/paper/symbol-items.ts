/** Encoders of bar codes. UPC-A is EAN-13 with a zero before it, GS1-128 is Code 128. */
export type BarcodeSymbology =
  | 'ean13'
  | 'ean8'
  | 'upce'
  | 'code39'
  | 'itf'
  | 'codabar'
  | 'code93'
  | 'code128'
  | 'databaromni'
  | 'databartruncated'
  | 'databarlimited'
  | 'databarexpanded';

/** A bar code with the characters that people read, kept as data and drawn when somebody looks. */
export interface BarcodeItem {
  readonly kind: 'barcode';
  readonly x: number;
  readonly symbology: BarcodeSymbology;
  /** What its encoder takes: digits with check digit, text, or the symbol characters of Code 128. */
  readonly data: string;
  /** Human readable interpretation, whether it is printed or not. */
  readonly text: string;
  /** Where it is printed. Absent: nowhere. */
  readonly hri?: 'above' | 'below' | 'both';
  /** Its style; see `style.ts`. Absent: Font A. */
  readonly hriStyle?: number;
  readonly moduleDots: number;
  readonly widthDots: number;
  readonly barDots: number;
}

/** Two-dimensional codes other than the QR code of model 2. */
export type MatrixSymbology =
  | 'microqr'
  | 'pdf417'
  | 'maxicode'
  | 'aztec'
  | 'datamatrix'
  | 'databarstacked'
  | 'databarstackedomni'
  | 'databarexpandedstacked'
  | 'composite';

/** A two-dimensional code, kept as data and drawn when somebody looks. */
export interface MatrixItem {
  readonly kind: 'matrix';
  readonly x: number;
  readonly symbology: MatrixSymbology;
  /** The bytes as they were sent, one character each; for GS1 codes, element strings. */
  readonly data: string;
  /** What its encoder has to know besides: version, layers, columns, correction. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
  readonly moduleDots: number;
  readonly widthDots: number;
  readonly heightDots: number;
}

const NAMES: Readonly<Record<BarcodeSymbology | MatrixSymbology, string>> = {
  ean13: 'EAN-13',
  ean8: 'EAN-8',
  upce: 'UPC-E',
  code39: 'Code 39',
  itf: 'ITF',
  codabar: 'Codabar',
  code93: 'Code 93',
  code128: 'Code 128',
  databaromni: 'GS1 DataBar',
  databartruncated: 'GS1 DataBar',
  databarlimited: 'GS1 DataBar',
  databarexpanded: 'GS1 DataBar',
  microqr: 'Micro QR',
  pdf417: 'PDF417',
  maxicode: 'MaxiCode',
  aztec: 'Aztec',
  datamatrix: 'DataMatrix',
  databarstacked: 'GS1 DataBar',
  databarstackedomni: 'GS1 DataBar',
  databarexpandedstacked: 'GS1 DataBar',
  composite: 'GS1 composite',
};

/** A symbol in words, for a terminal: `[Code 39 *ABC*]`. */
export function symbolWords(item: BarcodeItem | MatrixItem): string {
  return `[${NAMES[item.symbology]} ${item.kind === 'barcode' ? item.text : latin1AsUtf8(item.data)}]`;
}

/** The bytes of a symbol as the text that they most likely are. */
export function latin1AsUtf8(data: string): string {
  const bytes = Buffer.from(data, 'latin1');
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? data : text;
}
