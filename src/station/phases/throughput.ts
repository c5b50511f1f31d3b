import type { Bench } from '../bench.js';
import { ANSWER_MS } from '../bench.js';
import { dleEot, join, raster } from '../escpos.js';
import { answersRealTime, TELLS_NO_STATUS } from '../expected.js';
import type { Phase } from '../phase.js';
import { regression, rounded } from '../statistics.js';
import type { Work } from '../wait.js';

/** What the line is kept ahead: nothing has to be held back here, since the line is slower than the printer. */
const AHEAD_MS = 100;
/** How much faster than the line the mechanism has to be, so that the job is bound by the line. */
const FASTER = 1.5;
/** Questions among the job, evenly spaced: one answer that this machine notices late spoils nothing. */
const PIECES = 20;
/** A line that is so many times slower than it should be is still measured. */
const SLOWEST = 9;
/** On a line without a rate: so many bytes. */
const NETWORK_BYTES = 200_000;
const MM_PER_INCH = 25.4;

/**
 * How much of the line's rate the printer takes: blank raster graphics, which are many bytes for little paper, with
 * `DLE EOT` among them. Those are answered when they come in, so the times of the answers are the line's own.
 */
export const throughput: Phase = {
  name: 'throughput',
  title: 'Throughput',
  needs: 'ready',
  limitMs: ({ throughput: { rates, seconds } }) => 30_000 + rates.length * (15_000 + seconds * 10_000),
  *run(bench) {
    const { ground, plan, results } = bench;
    const timed = answersRealTime(bench.profile);
    const untimed = `${TELLS_NO_STATUS}, and its answers are what the time is taken by`;
    if (ground.baud === undefined) {
      const what = { name: 'throughput.network.rate', title: 'bytes a second over the network', unit: 'bytes/s' };
      if (!timed) {
        results.skip(what, untimed);
        return;
      }
      const rate = yield* measureLine(bench, NETWORK_BYTES);
      results.measure(what, rate?.bytesPerS ?? 'no answer');
      return;
    }
    const bars: [string, number][] = [];
    for (const baud of plan.throughput.rates) {
      const { rate, utilisation } = measurables(baud);
      if (!timed || !ground.rates.includes(baud)) {
        for (const what of [rate, utilisation]) results.skip(what, timed ? ground.whyNoOtherRates : untimed);
        continue;
      }
      const answers = (yield* bench.open(baud)) && (yield* listens(bench));
      const found = answers ? yield* measureLine(bench, Math.ceil((baud / 10) * plan.throughput.seconds)) : undefined;
      const note = found?.note ?? (bench.line.up ? undefined : bench.line.whyDown);
      results.measure(rate, found?.bytesPerS ?? 'no answer', note);
      const percent = found === undefined ? undefined : rounded((found.bytesPerS * 1_000) / baud, 2);
      results.measure(utilisation, percent ?? 'no answer', note);
      if (percent !== undefined) bars.push([String(baud), percent]);
    }
    if (bars.length === 0) return;
    results.chart({
      title: 'Line utilisation by rate',
      kind: 'bars',
      x: { label: 'rate', unit: 'baud' },
      y: { label: 'utilisation', unit: '%' },
      points: bars,
    });
  },
};

function measurables(baud: number) {
  return {
    rate: { name: `throughput.${baud}.rate`, title: `bytes a second at ${baud} baud`, unit: 'bytes/s' },
    utilisation: {
      name: `throughput.${baud}.utilisation`,
      title: `share of the line's rate at ${baud} baud`,
      unit: '%',
      limits: { min: 90, marginalMin: 97, max: 102 },
    },
  };
}

/** The other side may need a moment to follow the rate. */
function* listens(bench: Bench): Work<boolean> {
  for (let attempt = 0; attempt < 2; attempt++)
    if ((yield* bench.ask(dleEot(1), 'realtime', ANSWER_MS)) !== undefined) return true;
  return false;
}

function* measureLine(bench: Bench, bytes: number): Work<{ bytesPerS: number; note?: string } | undefined> {
  const { line } = bench;
  const { pieces, note } = jobOf(bench, bytes);
  // How many bytes are in when each question is.
  const ends: number[] = [];
  for (const piece of pieces) ends.push((ends.at(-1) ?? 0) + piece.length);
  const lineMs = line.wireMs(ends.at(-1) ?? 0);
  const mark = line.mark();
  if (!(yield* bench.feed(join(...pieces), ANSWER_MS + lineMs, AHEAD_MS))) return undefined;
  const answers = () => line.all(mark, 'realtime');
  const complete = () => answers().length >= pieces.length || !line.up;
  yield* bench.until(complete, ANSWER_MS + SLOWEST * lineMs + line.wireBusyMs);
  const points = answers().map(({ atMs }, i) => [ends[i] ?? 0, atMs] as const);
  const slope = points.length === pieces.length ? regression(points)?.slope : undefined;
  // What the mechanism still has to do is not to come into the next measurement.
  yield* bench.confirm(10_000);
  if (slope === undefined || slope <= 0) return undefined;
  return { bytesPerS: 1_000 / slope, ...(note === undefined ? {} : { note }) };
}

/** Blank rows of graphics; on a mechanism that is too slow for the line, commands that print nothing. */
function jobOf({ profile, line }: Bench, bytes: number): { pieces: Uint8Array[]; note?: string } {
  const { printableDots, dpi } = profile.paper;
  const rowBytes = Math.floor(printableDots / 8);
  const mechanismBytesPerS = (rowBytes * profile.speedMmPerS * dpi) / MM_PER_INCH;
  const lineBytesPerS = (line.baud ?? 0) / 10;
  const pieceBytes = Math.ceil(bytes / PIECES);
  const pieces = (piece: Uint8Array) => Array.from({ length: PIECES }, () => join(piece, dleEot(1)));
  if (mechanismBytesPerS >= FASTER * lineBytesPerS && lineBytesPerS > 0) {
    return { pieces: pieces(raster(rowBytes, new Uint8Array(rowBytes * Math.ceil(pieceBytes / rowBytes)))) };
  }
  // ESC 2: the line spacing that it has already.
  const nothing = Uint8Array.from({ length: pieceBytes + (pieceBytes % 2) }, (_, i) => (i % 2 === 0 ? 0x1b : 0x32));
  return {
    pieces: pieces(nothing),
    note: 'with commands that print nothing, since the mechanism is slower than the line',
  };
}
