/**
 * `npm run bench`: figures for what the issues ask, as ratios measured side by side in one run. Nothing here passes or
 * fails: a slow machine must not turn a build red.
 */
import { setFlagsFromString } from 'node:v8';
import { prepareDevice } from '../world/simulated.js';
import { driverLineFigures, realLineFigure } from './driver-line.js';
import { encodingFigures } from './encode.js';
import { fixtureFigures } from './fixtures.js';
import { manyTerminals } from './many-terminals.js';
import { percentile, row, title } from './measure.js';
import { idlePrinterBytes, idleTerminalBytes, idleWorldBytes } from './memory.js';
import { memoryOverTime } from './memory-over-time.js';
import { printerFigures } from './printer.js';
import { printerLineFigures } from './printer-line.js';
import { realLatencies } from './real.js';
import { recordingFigures } from './recording.js';
import { tillFigures } from './till.js';
import { worldFigures } from './world.js';

const REAL_SALES = 200;
/** `node dist/bench/memory-over-time.js --minutes 60` looks longer. */
const MEMORY_WORLDS = 4_000;

/*
 * V8 learns of each line of code whether what it makes lives long, once for all of a process, and makes that where it is
 * collected seldom. Here some worlds live long and others do not, so that every figure would depend on those before it.
 */
setFlagsFromString('--no-allocation-site-pretenuring');

const device = await prepareDevice('epson-tm-m30');

title('memory');
row(
  'an idle terminal (machine, guard task, journal, outbox)',
  `${(idleTerminalBytes() / 1024).toFixed(1)} KiB`,
  'of 500',
);
row('an idle emulated printer, with paper and link', `${(idlePrinterBytes(device) / 1024).toFixed(1)} KiB`, 'of 200');
row(
  'an idle world (and driver, printer, platform, links, flash)',
  `${(idleWorldBytes(device) / 1024).toFixed(1)} KiB`,
  'of 100',
);

await worldFigures(device);
await memoryOverTime({ worlds: MEMORY_WORLDS, points: 5 });

title(
  `one sale on real wires (alipay-sdk over HTTP, fdatasync, serialport on a pseudo-terminal), pacing off, n = ${REAL_SALES}`,
);
const latencies = await realLatencies(REAL_SALES);
for (const [name, values] of Object.entries(latencies)) {
  row(name, `p50 ${percentile(values, 0.5).toFixed(2)} ms`, `p99 ${percentile(values, 0.99).toFixed(2)} ms`);
}

await tillFigures();
await manyTerminals();
await fixtureFigures(device);
await printerFigures();
await printerLineFigures();
await encodingFigures();
await driverLineFigures();
await realLineFigure();
await recordingFigures();
