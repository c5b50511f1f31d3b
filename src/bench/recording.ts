import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wallClock } from '../ground/wall-clock.js';
import type { Link, LinkListener } from '../ports/link.js';
import { openTape } from '../world/tape.js';
import { alternate, percentile, row, title } from './measure.js';

const MEGABYTE = 1 << 20;
const ROUNDS = 9;

/** What it costs the line to be recorded, beside the same line without: per megabyte, in pieces as programs write them. */
export async function recordingFigures(): Promise<void> {
  title('recording a line: time of the program that writes, per MB, beside the same line unrecorded');
  const directory = mkdtempSync(join(tmpdir(), 'paperjam-bench-'));
  let files = 0;
  for (const [what, pieceBytes] of [
    ['pieces of 1,024 bytes, as a driver writes blocks', 1_024],
    ['pieces of 16 bytes', 16],
    ['pieces of 4 bytes, as status replies come', 4],
  ] as const) {
    const pieces = MEGABYTE / pieceBytes;
    const piece = new Uint8Array(pieceBytes).fill(0x41);
    let fileBytes = 0;
    const [bare, recorded] = await alternate(
      ROUNDS,
      { times: 1, run: () => writeAll(new Sink(), piece, pieces) },
      {
        times: 1,
        run() {
          const file = join(directory, `${files++}.pjr`);
          const failed = (error: Error) => {
            throw error;
          };
          const tape = openTape({ file, device: 'epson-tm-m30', failed });
          writeAll(tape.link(new Sink(), { clock: wallClock, baud: 0 }), piece, pieces);
          tape.close();
          fileBytes = statSync(file).size;
        },
      },
    );
    const ms = (us: number) => (us / 1_000).toFixed(1);
    const note = `unrecorded ${ms(percentile(bare.values, 0.5))} ms; the file holds ${(fileBytes / MEGABYTE).toFixed(2)} MB`;
    row(what, `${ms(recorded.median)} ms`, note);
  }
  rmSync(directory, { recursive: true });
}

function writeAll(link: Link, piece: Uint8Array, pieces: number): void {
  link.open({ opened() {}, received() {}, drained() {}, lost() {} });
  for (let i = 0; i < pieces; i++) link.write(piece);
  link.close();
}

/** A line that takes everything at once. */
class Sink implements Link {
  readonly address = 'nowhere';
  readonly pendingBytes = 0;
  open(listener: LinkListener): void {
    listener.opened();
  }
  write(): void {}
  reading(): void {}
  close(): void {}
}
