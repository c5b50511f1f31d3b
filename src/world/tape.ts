import type { PaperjamError } from '../base/errors.js';
import { RecordingFile } from '../ground/recording-file.js';
import { recordedLink } from '../links/recorded.js';
import { Recorder } from '../links/recording/recorder.js';
import type { Clock } from '../ports/clock.js';
import type { Link } from '../ports/link.js';
import { VERSION } from './version.js';

/** The line that is recorded. */
export interface TapedLine {
  readonly clock: Clock;
  /** 0: a line without a rate, such as TCP. */
  readonly baud: number;
}

/** A recording under way. */
export interface Tape {
  /**
   * The same link, recorded from now on. A tape holds one line; where that is opened as another link, the recording goes
   * on with its rate, and a mark with its address, if they are others.
   */
  link(link: Link, line: TapedLine): Link;
  /** Something that a reader should know, at this time: a phase begins, a fault was put in. */
  mark(text: string): void;
  /** Writes the end and closes the file; without anything recorded no file is left. Idempotent. */
  close(): void;
}

export interface TapeOptions {
  /** The file, which must not be there yet. */
  readonly file: string;
  /** The printer's profile, as `--device` takes it. */
  readonly device: string;
  /** Hears once that it cannot be written any more; the line goes on without. */
  readonly failed: (error: PaperjamError) => void;
}

/**
 * Makes a recording (`src/links/recording/format.ts`) for the line of one printer. Throws `PJ_RECORDING_EXISTS`,
 * `PJ_RECORDING_WRITE`.
 */
export function openTape({ file: path, device, failed }: TapeOptions): Tape {
  const file = new RecordingFile(path, failed);
  let recorder: Recorder | undefined;
  /** As it was opened last. */
  let now = { address: '', baud: 0 };
  let records = 0;
  let closed = false;
  const begin = (clock: Clock, address: string, baud: number) => {
    now = { address, baud };
    return new Recorder({
      clock,
      header: { device, address, baud, paperjam: VERSION },
      append: (bytes) => {
        records++;
        file.append(bytes);
      },
    });
  };
  return {
    link(link, { clock, baud }) {
      const { address } = link;
      const own = recorder ?? begin(clock, address, baud);
      recorder = own;
      return recordedLink(link, own, () => {
        if (address !== now.address) own.mark(`the line is ${address}`);
        if (baud !== now.baud) own.rate(baud);
        now = { address, baud };
      });
    },
    mark: (text) => recorder?.mark(text),
    close() {
      if (closed) return;
      closed = true;
      if (records > 1) {
        recorder?.end();
        file.close();
      } else file.remove();
    },
  };
}
