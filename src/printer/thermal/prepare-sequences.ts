import { PrinterTypes, ThermalPrinter } from 'node-thermal-printer';
import type { StylePiece } from '../ticket/styles.js';

export type LibraryType = 'star' | 'daruma' | 'tanca' | 'brother' | 'custom';

/** Command sequences as node-thermal-printer writes them; empty for what a language does not have. */
export interface Sequences {
  /** Modes as after power-on. */
  readonly initialize: string;
  readonly lineEnd: string;
  readonly align: { readonly left: string; readonly center: string; readonly right: string };
  readonly bold: StylePiece;
  readonly underline: StylePiece;
  readonly reverse: StylePiece;
  readonly fullCut: string;
  readonly partialCut: string;
}

const LIBRARY_TYPE: Readonly<Record<LibraryType | 'epson', PrinterTypes>> = {
  epson: PrinterTypes.EPSON,
  star: PrinterTypes.STAR,
  daruma: PrinterTypes.DARUMA,
  tanca: PrinterTypes.TANCA,
  brother: PrinterTypes.BROTHER,
  custom: PrinterTypes.CUSTOM,
};

/** A library printer that keeps what it is told, one call or several at a time. */
export function libraryPrinter(type: LibraryType | 'epson') {
  let collected: Buffer[] = [];
  const collector = {
    isPrinterConnected: async () => true,
    execute: async (bytes: Buffer | null) => {
      if (bytes !== null) collected.push(bytes);
      return '';
    },
  };
  const printer = new ThermalPrinter({
    type: LIBRARY_TYPE[type],
    // Any object with these two methods is taken as it is (lib/interfaces/index.js); the typings know addresses only.
    interface: collector as unknown as string,
  });
  return {
    printer,
    /** The bytes of these calls, one character each. */
    async take(calls: (printer: ThermalPrinter) => void): Promise<string> {
      printer.clear(); // `execute` keeps what it has sent.
      calls(printer);
      await printer.execute();
      const taken = Buffer.concat(collected).toString('latin1');
      collected = [];
      return taken;
    },
  };
}

/** Asks node-thermal-printer for every sequence that a ticket can need. Its calls return promises, so this is done once, at start. */
export async function prepareSequences(type: LibraryType): Promise<Sequences> {
  const { take } = libraryPrinter(type);
  // The typings leave it out.
  const initialize = await take((printer) => (printer as ThermalPrinter & { initHardware(): void }).initHardware());
  const around = async (set: (printer: ThermalPrinter, on: boolean) => void): Promise<StylePiece> => ({
    before: await take((printer) => set(printer, true)),
    after: await take((printer) => set(printer, false)),
  });
  /** It initialises behind every cut, by which what the ticket began with is lost. */
  const cut = async (call: (printer: ThermalPrinter) => void): Promise<string> => {
    const written = await take(call);
    return written.slice(0, written.length - initialize.length);
  };
  return {
    initialize,
    lineEnd: await take((printer) => printer.newLine()),
    align: {
      left: await take((printer) => printer.alignLeft()),
      center: await take((printer) => printer.alignCenter()),
      right: await take((printer) => printer.alignRight()),
    },
    bold: await around((printer, on) => printer.bold(on)),
    underline: await around((printer, on) => printer.underline(on)),
    reverse: await around((printer, on) => printer.invert(on)),
    fullCut: await cut((printer) => printer.cut({ verticalTabAmount: 0 })),
    partialCut: await cut((printer) => printer.partialCut({ verticalTabAmount: 0 })),
  };
}
