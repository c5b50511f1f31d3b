import { mod10, unsuppressed, zeroSuppressed } from '../barcode/ean.js';
import { gs1Elements } from '../barcode/gs1.js';
import { encodedMatrix, isWithin, latin1, NOT_ENCODED, type SymbolFamily } from './family.js';
import { EXPANDED_STACKED, segmentsIn, stackedModules, stackedRows, stackedText } from './stacked.js';

/** A linear component: its encoder, its data from what was sent, and the heights of its rows in modules. */
interface Linear {
  readonly bcid: string;
  readonly text: (sent: string) => string | undefined;
  readonly rows: readonly number[];
  /** Heights of the separators above it. */
  readonly separators: readonly number[];
}

const EAN = { rows: [72], separators: [2, 2, 2] };
const checked = (length: number) => (sent: string) =>
  new RegExp(`^[0-9]{${length},${length + 1}}$`).test(sent)
    ? sent.slice(0, length) + mod10(sent.slice(0, length))
    : undefined;
const thirteen = (sent: string): string | undefined => stackedText(0, sent);
const elements = (sent: string): string | undefined => gs1Elements(sent.replaceAll('*', ''))?.elements;

function upce(sent: string): string | undefined {
  if (!/^[0-9]+$/.test(sent)) return undefined;
  const six = sent.length === 6 ? sent : zeroSuppressed(sent.slice(0, 11));
  return six === undefined ? undefined : `0${six}${mod10(unsuppressed(six))}`;
}

/** `GS ( k` <Function 480> with a = 48, by b. */
const LINEARS: Readonly<Record<number, Linear>> = {
  65: { bcid: 'ean8composite', text: checked(7), ...EAN },
  66: { bcid: 'ean13composite', text: checked(12), ...EAN },
  67: { bcid: 'upcacomposite', text: checked(11), ...EAN },
  68: { bcid: 'upcecomposite', text: upce, ...EAN },
  69: { bcid: 'upcecomposite', text: upce, ...EAN },
  70: { bcid: 'databaromnicomposite', text: thirteen, rows: [33], separators: [1] },
  71: { bcid: 'databartruncatedcomposite', text: thirteen, rows: [13], separators: [1] },
  72: { bcid: 'databarstackedcomposite', text: thirteen, rows: stackedRows('databarstacked', 3), separators: [1] },
  73: {
    bcid: 'databarstackedomnicomposite',
    text: thirteen,
    rows: stackedRows('databarstackedomni', 5),
    separators: [1],
  },
  74: { bcid: 'databarlimitedcomposite', text: thirteen, rows: [10], separators: [1] },
  75: { bcid: 'databarexpandedcomposite', text: elements, rows: [34], separators: [1] },
  76: { bcid: 'databarexpandedstackedcomposite', text: elements, rows: [], separators: [1] },
  77: { bcid: 'gs1-128composite', text: elements, rows: [36], separators: [1] },
};

const CC_C = 66;
const GS1_128 = 77;

/** cn 52: Functions 467 to 482. Characters for people (Function 472) are not printed. */
export const COMPOSITE: SymbolFamily = {
  name: 'Composite Symbology',
  identifier: 0x50,
  mostBytes: 2_361,
  set({ composite }, fn, params) {
    const n = params[0] ?? 0;
    if (fn === 67) {
      if (isWithin(n, 2, 8)) composite.moduleDots = n;
    } else if (fn === 71) {
      const dots = n | ((params[1] ?? 0) << 8);
      if (isWithin(dots, 106, 3_952)) composite.mostDots = dots;
    } else return false;
    return true;
  },
  store(settings, params) {
    const part = { kind: params[1] ?? 0, data: latin1(params.subarray(2)) };
    const before = settings.stored?.cn === 52 ? settings.stored : { cn: 52, data: '' };
    if (params[0] === 48 && part.kind in LINEARS) return { ...before, linear: part };
    return params[0] === 49 && isWithin(part.kind, 65, 66) ? { ...before, component: part } : undefined;
  },
  encode({ composite }, { linear, component }, { widthDots: room }) {
    const kind = linear === undefined ? undefined : LINEARS[linear.kind];
    if (linear === undefined || kind === undefined || component === undefined) return 'a component is not stored';
    const { moduleDots, mostDots } = composite;
    const text = kind.text(linear.data);
    const added = gs1Elements(component.data)?.elements;
    if (text === undefined || added === undefined) return NOT_ENCODED;
    const { bcid } = kind;
    const tall = component.kind === CC_C && linear.kind === GS1_128;
    const segments = linear.kind === EXPANDED_STACKED ? segmentsIn(Math.min(mostDots, room) / moduleDots) : 0;
    const data = `${text}|${added}`;
    const modules = stackedModules(bcid, data, segments, tall);
    if (modules === undefined) return NOT_ENCODED;
    return encodedMatrix({
      symbology: 'composite',
      data,
      options: { bcid, segments, tall, kind: linear.kind },
      moduleDots,
      widthDots: modules.columns * moduleDots,
      heightDots: modules.heightModules * moduleDots,
    });
  },
};

/** Heights of the rows, from above: the two-dimensional component, separators, and the linear component below. */
export function compositeRows(kind: number, rows: number, heightModules: number): number[] {
  const { separators, rows: fixed } = LINEARS[kind] ?? { separators: [], rows: [] };
  let linear = fixed;
  if (kind === EXPANDED_STACKED) {
    // The component's rows are two modules high; what is left is the linear one.
    for (let stacked = 1; linear.length === 0 && stacked < rows; stacked += 4) {
      const heights = stackedRows('databarexpandedstacked', stacked);
      if (sum(heights) + 1 + 2 * (rows - 1 - stacked) === heightModules) linear = heights;
    }
  }
  const above = rows - linear.length - separators.length;
  const each = (heightModules - sum(linear) - sum(separators)) / above;
  return [...Array<number>(above).fill(each), ...separators, ...linear];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
