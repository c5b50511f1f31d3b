/**
 * `npm run bench`: figures for what the issues ask, as ratios measured side by side in one run. Nothing here passes or
 * fails: a slow machine must not turn a build red.
 */
import { prepareDevice } from '../world/simulated.js';
import { bareSales } from './bare.js';
import { driverLineFigures, realLineFigure } from './driver-line.js';
import { encodingFigures } from './encode.js';
import { fixtureFigures } from './fixtures.js';
import { alternate, percentile, row, title } from './measure.js';
import { idlePrinterBytes, idleTerminalBytes, idleWorldBytes } from './memory.js';
import { printerFigures } from './printer.js';
import { printerLineFigures } from './printer-line.js';
import { realLatencies } from './real.js';
import { recordingFigures } from './recording.js';
import { virtualSales } from './virtual.js';

const ROUNDS = 9;
const BARE_SALES = 4_000;
const VIRTUAL_SALES = 1_000;
const REAL_SALES = 200;

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

const events = bareSales(1).events;
for (const pacing of [true, false]) {
  title(
    `one sale in virtual time, beside the bare machine; printer line and mechanism ${pacing ? 'take their time' : 'take none'}`,
  );
  const [bare, virtual] = await alternate(
    ROUNDS,
    { times: BARE_SALES, run: () => bareSales(BARE_SALES) },
    { times: VIRTUAL_SALES, run: () => virtualSales(device, VIRTUAL_SALES, pacing) },
  );
  row(
    'bare XState, events of a sale',
    `${Math.round((events * 1e6) / bare.median)} events/s`,
    `${events} events a sale`,
  );
  row('bare XState, sales', `${Math.round(1e6 / bare.median)} sales/s`, `${bare.median.toFixed(1)} µs a sale`);
  row(
    'whole virtual sales (journal, ledger, printer bytes, paper)',
    `${Math.round(1e6 / virtual.median)} sales/s`,
    `${virtual.median.toFixed(1)} µs a sale`,
  );
  const ratios = bare.values.map((value, i) => value / (virtual.values[i] ?? Number.NaN));
  row(
    'ratio, round by round',
    `median ${percentile(ratios, 0.5).toFixed(3)}`,
    `${percentile(ratios, 0).toFixed(3)} to ${percentile(ratios, 1).toFixed(3)}, to reach: 0.25`,
  );
}

title(
  `one sale on real wires (alipay-sdk over HTTP, fdatasync, serialport on a pseudo-terminal), pacing off, n = ${REAL_SALES}`,
);
const latencies = await realLatencies(REAL_SALES);
for (const [name, values] of Object.entries(latencies)) {
  row(name, `p50 ${percentile(values, 0.5).toFixed(2)} ms`, `p99 ${percentile(values, 0.99).toFixed(2)} ms`);
}

await fixtureFigures(device);
await printerFigures();
await printerLineFigures();
await encodingFigures();
await driverLineFigures();
await realLineFigure();
await recordingFigures();
