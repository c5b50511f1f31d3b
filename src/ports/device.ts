/** A printer model, as `devices/printers/*.yaml` describes it. Driver and emulated printer both read it. */
export interface PrinterProfile {
  /** The file's name without `.yaml`: `epson-tm-m30`. */
  readonly id: string;
  readonly maker: string;
  readonly model: string;
  readonly paper: {
    readonly widthMm: number;
    readonly printableDots: number;
    readonly dpi: number;
  };
  /** Columns of Font A. */
  readonly columns: number;
  readonly speedMmPerS: number;
  readonly receiveBufferBytes: number;
  readonly baud: number;
  /** Full-width characters: the encoding between `FS &` and `FS .`. */
  readonly cjk: 'gb18030' | 'none';
  /** What proves that a block was printed: a process ID response, or the answer to a queued `GS r 1`. */
  readonly checkpoint: 'GS ( H' | 'GS r';
  /** `DLE DC4 8` clears the buffers at any time; without it only `DLE ENQ 2` after an error does. */
  readonly clearsBuffer: boolean;
  readonly cutter: boolean;
  /** What `GS I` answers, where it is not maker and model; an item that is absent is answered empty. */
  readonly identity?: {
    readonly modelId?: number;
    readonly versionId?: number;
    readonly firmware?: string;
    readonly maker?: string;
    readonly model?: string;
    readonly serial?: string;
    /** `GS I 69`: the full-width character set, in the maker's words. */
    readonly language?: string;
  };
  /** `ESC t n` → the encoding as iconv-lite calls it, for tables that differ from Epson's numbering. */
  readonly codePages?: Readonly<Record<string, string>>;
  /** Full-width mode (`FS &`) is on after switching on and `ESC @`. Default: off. */
  readonly cjkAtPowerOn?: boolean;
  /** Motion units in an inch after switching on (`GS P`). Default: the head's dots. */
  readonly motionUnits?: { readonly x: number; readonly y: number };
  /** From the head to the cutter: what `GS V 65` and `66` feed before they cut. Default: 0. */
  readonly headToCutterMm?: number;
}
