/** What a printer is told in. Tanca and Custom are relatives of ESC/POS; the others have nothing in common with it. */
export type PrinterLanguage = 'escpos' | 'star-line' | 'star-prnt' | 'daruma' | 'tanca' | 'brother' | 'custom';

/** A printer model, as `devices/printers/*.yaml` describes it. Driver and emulated printer both read it. */
export interface PrinterProfile {
  /** The file's name without `.yaml`: `epson-tm-m30`. */
  readonly id: string;
  readonly maker: string;
  readonly model: string;
  /** Default: `escpos`. */
  readonly language?: PrinterLanguage;
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
  /** Full-width characters: the encoding between `FS &` and `FS .`; on Japanese models JIS until `FS C 1`. */
  readonly cjk: 'gb18030' | 'big5' | 'shift_jis' | 'euc-kr' | 'none';
  /** What its memories hold, where it is not what the emulated printer takes for usual. */
  readonly memory?: {
    /** Non-volatile graphics: `GS ( L`, `FS q`. Default: 256 KB. */
    readonly nvGraphicsBytes?: number;
    /** User NV memory: `GS ( C`, `FS g`. Default: 1 KB. */
    readonly nvUserBytes?: number;
    /** Downloaded graphics: `GS ( L`. Default: 12 KB. */
    readonly downloadBytes?: number;
    /** `GS :`. Default: 2,048. */
    readonly macroBytes?: number;
    /** The height of a page in page mode. Default: 1,662. */
    readonly pageDots?: number;
  };
  /** 2: the ribbon or the paper has a second colour. Default: 1. */
  readonly colours?: 1 | 2;
  /**
   * What proves that a block was printed: a process ID response; the answer to a queued `GS r 1`; that `DLE EOT` shows no
   * fault when its time has passed; or nothing, and then no ticket is ever said to be printed. Of
   * no account where the language knows none of them.
   */
  readonly checkpoint: 'GS ( H' | 'GS r' | 'DLE EOT' | 'none';
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
  /** How it makes the host wait: by its DTR line (back-pressure on links), or by the bytes XOFF and XON. Default: `dtr`. */
  readonly flowControl?: 'dtr' | 'xon/xoff';
  /** When the host has to wait (a memory switch of many models). Default: `full`. */
  readonly busyWhen?: 'full' | 'full or offline';
  /** What becomes of bytes that come while the buffer is full. Default: `held`. */
  readonly overrun?: 'held' | 'dropped';
  /** How much paper is left when the near-end sensor notices; 0: there is no such sensor. Default: 3,000. */
  readonly nearEndMm?: number;
  /** Where printing stops at the end of the roll: behind the line, or wherever the paper ends. Default: `line`. */
  readonly paperEndAt?: 'line' | 'dot';
  /** An impact model, which inks by needles and a ribbon. `sensor`: a broken one is a mechanical error. */
  readonly ribbon?: { readonly sensor: boolean };
  /** How its status bytes differ from those of the manuals. */
  readonly status?: {
    /** Whether `DLE EOT` is answered. Default: `true`. */
    readonly answersRealTime?: boolean;
    /** By the `n` of `DLE EOT n`: bits that are never and always set. */
    readonly realTime?: Readonly<Record<string, { readonly never: number; readonly always: number }>>;
    /** `GS a`: sent on enabling and on changes, on enabling only, or not at all. Default: `changes`. */
    readonly automatic?: 'changes' | 'once' | 'never';
    /** Bits of its four bytes that are never and always set. */
    readonly automaticBits?: { readonly never: readonly number[]; readonly always: readonly number[] };
    /** Whether `GS r` is answered. Default: `true`. */
    readonly answersQueued?: boolean;
    /** Whether `GS I` is answered. Default: `true`. */
    readonly answersIdentity?: boolean;
  };
}
