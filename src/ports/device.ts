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
}
