import { basename } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { oneLine } from '../base/one-line.js';
import { openGlyphs } from '../glyphs/glyphs.js';
import { SerialLink } from '../links/serial.js';
import type { Link } from '../ports/link.js';
import { readPrinterProfile } from '../world/devices.js';
import { realPrinterLink } from '../world/real-printer.js';
import { openRecording, type RecordingReading } from '../world/recording-file.js';
import { DIFFERENCES_TOLD, type Difference, differenceText } from '../world/replay/comparison.js';
import { type Replayed, replayEmulated, replayReal } from '../world/replay.js';
import { EXIT } from './exit.js';
import { MissingGlyphs } from './missing-glyphs.js';
import { parseFault } from './options.js';
import { makeOut, type PaperView, type PictureFlags, paperShow } from './paper-show.js';
import { list } from './replay-list.js';
import { errorText } from './words.js';

export interface ReplayFlags extends PictureFlags {
  readonly device?: string;
  readonly list?: boolean;
  readonly fault?: readonly string[];
  /** A serial path or `tcp://host:port`; without it an emulated printer. */
  readonly printer?: string;
  readonly baud?: number;
  readonly speed?: number;
  readonly pacing: boolean;
  readonly flow?: 'none' | 'xon/xoff' | 'rts/cts';
  /** In seconds. */
  readonly patience: number;
}

/** In JSON so many differences are told; all are counted. */
const DIFFERENCES_MOST = 1_000;

/** `paperjam replay FILE`: plays a recording, and says what the printer answers differently. */
export async function replay(file: string, flags: ReplayFlags): Promise<void> {
  checkFlags(flags);
  const recording = await openRecording(file);
  try {
    if (flags.list === true) await list(file, recording);
    else if (flags.printer === undefined) await toEmulated(file, recording, flags);
    else await toReal(file, flags.printer, recording, flags);
  } finally {
    await recording.close();
  }
}

/** What makes no sense together is refused, so that nobody believes that it was done. */
function checkFlags(flags: ReplayFlags): void {
  const { printer, list, out, svg, fault, json, baud, speed, pacing, flow } = flags;
  const refuse = (problem: string) => {
    throw new PaperjamError('PJ_USAGE', { problem, advice: 'See paperjam replay --help.' });
  };
  const real = { '--baud': baud, '--speed': speed, '--no-pacing': pacing ? undefined : true, '--flow': flow };
  const pictures = { '--out': out, '--svg': svg, '--fault': fault };
  const given = (options: object) => Object.entries(options).find(([, value]) => value !== undefined)?.[0];
  if (printer === undefined && given(real) !== undefined) refuse(`${given(real)} is only for --printer`);
  if (printer !== undefined && given(pictures) !== undefined)
    refuse(`${given(pictures)} is only for the emulated printer, without --printer`);
  if (list === true && (printer !== undefined || given({ ...pictures, '--json': json }) !== undefined))
    refuse('--list plays nothing and takes no other options');
  if (speed !== undefined && !pacing) refuse('--speed and --no-pacing exclude each other');
  if (printer !== undefined && !/^(\/.+|COM\d+|tcp:\/\/.+:\d+)$/.test(printer))
    refuse(`--printer is ${printer} (allowed: a serial path such as /dev/ttyUSB0, or tcp://host:port)`);
}

async function toEmulated(file: string, recording: RecordingReading, flags: ReplayFlags): Promise<void> {
  const profile = readPrinterProfile(flags.device ?? recording.header.device);
  makeOut(flags);
  const glyphs = new MissingGlyphs(openGlyphs());
  const { papers, paper } = paperShow({ file, name: basename(file), glyphs, flags });
  const told = new Told(file, recording, flags);
  told.begin(`an emulated ${profile.id}`);
  const faults = (flags.fault ?? []).map(parseFault);
  const replayed = await replayEmulated({ recording, profile, paper, faults, difference: told.difference });
  told.end({ ...replayed, notes: [...replayed.notes, ...glyphs.warnings.map(({ note }) => note)] }, papers);
}

async function toReal(file: string, where: string, recording: RecordingReading, flags: ReplayFlags): Promise<void> {
  const link = wireTo(where, recording, flags);
  const abort = new AbortController();
  const stop = () => abort.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const told = new Told(file, recording, flags);
  told.begin(link.address);
  const replayed = await replayReal({
    recording,
    link,
    speed: flags.pacing ? (flags.speed ?? 1) : Number.POSITIVE_INFINITY,
    patienceMs: flags.patience * 1_000,
    stop: abort.signal,
    difference: told.difference,
  });
  told.end(replayed);
}

function wireTo(where: string, { header }: RecordingReading, { device, baud, flow }: ReplayFlags): Link {
  const profile = readPrinterProfile(device ?? header.device);
  const rate = baud ?? (header.baud > 0 ? header.baud : profile.baud);
  if (flow === undefined || where.startsWith('tcp:')) return realPrinterLink(where, rate, profile.flowControl);
  return new SerialLink({ path: where, baud: rate, flowControl: flow });
}

/** What is said of a replay, while it goes on and at its end. */
class Told {
  readonly #file: string;
  readonly #recording: RecordingReading;
  readonly #json: boolean;
  readonly #differences: Difference[] = [];

  constructor(file: string, recording: RecordingReading, { json }: ReplayFlags) {
    this.#file = file;
    this.#recording = recording;
    this.#json = json === true;
  }

  begin(where: string): void {
    const { device, address, startedAt, paperjam } = this.#recording.header;
    const what = oneLine(`${device} at ${address}, ${startedAt}, by paperjam ${paperjam}`);
    this.#say(`${this.#file}: ${what}; played to ${where}`);
  }

  readonly difference = (difference: Difference): void => {
    if (this.#json && this.#differences.length < DIFFERENCES_MOST) this.#differences.push(difference);
    this.#say(differenceText(difference));
  };

  /** Sets the exit code too. */
  end(replayed: Replayed, papers: readonly PaperView[] = []): void {
    const { replies, notes, stopped, damage } = replayed;
    if (this.#json) {
      const { seconds, bytes } = replayed;
      const error = damage === undefined ? {} : { error: { code: damage.code, message: damage.message } };
      const { header } = this.#recording;
      const differences = this.#differences;
      const result = { file: this.#file, header, seconds, bytes, papers, replies, differences, notes, ...error };
      process.stdout.write(`${JSON.stringify(result)}\n`);
    } else this.#say(sumText(this.#file, replayed));
    if (damage !== undefined) process.stderr.write(`paperjam: ${errorText(damage)}\n`);
    process.exitCode =
      damage !== undefined ? EXIT.usage : stopped ? EXIT.stopped : replies.different > 0 ? EXIT.different : EXIT.ok;
  }

  #say(text: string): void {
    if (!this.#json) process.stdout.write(`${text}\n`);
  }
}

function sumText(file: string, { seconds, bytes, replies, notes }: Replayed): string {
  const { recorded, here, same, different, open, xoff } = replies;
  const lines = [
    `${file}: ${seconds.toFixed(3)} s, ${bytes} bytes to the printer; replies: ${recorded} recorded, ${here} here, ${same} the same, ${different} different`,
    ...(different > DIFFERENCES_TOLD
      ? [`  the first ${DIFFERENCES_TOLD} different ones were told, the others only counted`]
      : []),
    ...(open > 0 ? [`  ${open} answered on one side only, because the line went down`] : []),
    ...(xoff.recorded + xoff.here > 0 ? [`  XOFF: ${xoff.recorded} recorded, ${xoff.here} here (not compared)`] : []),
    ...notes.map((note) => `  ${note}`),
  ];
  return lines.join('\n');
}
