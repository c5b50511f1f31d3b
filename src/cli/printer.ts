import { PaperjamError } from '../base/errors.js';
import type { ServedApp } from '../ecr/api/app.js';
import { servePrinter } from '../ecr/printer/server.js';
import { heightMm } from '../emulator/printer/paper/listing.js';
import { readPrinterProfile } from '../world/devices.js';
import { openStandalonePrinter, type StandalonePrinter } from '../world/standalone-printer.js';
import { VERSION } from '../world/version.js';

export interface PrinterFlags {
  readonly device: string;
  readonly pty?: string;
  readonly tcp?: number;
  readonly http?: number;
  readonly data: string;
  readonly pacing: boolean;
}

/** Where its HTTP side is looked for; another port is taken if it is in use and none was asked for. */
const USUAL_HTTP_PORT = 9_180;

/** `paperjam printer`: a printer for other people's software, until it is told to stop. */
export async function printer(flags: PrinterFlags): Promise<void> {
  const stopped = untilStopped();
  const standalone = await openStandalonePrinter({ ...flags, profile: readPrinterProfile(flags.device) });
  try {
    const served = await serve(standalone, flags.http);
    try {
      process.stdout.write(`paperjam ${VERSION}\n${whereabouts(standalone, served.url)}\nready\n`);
      standalone.emulated.watch({
        cut: (piece) =>
          process.stdout.write(
            `paper ${piece.index + 1}  ${heightMm(piece)} mm  ${served.url}/v1/papers/${piece.index + 1}.png\n`,
          ),
      });
      await stopped;
    } finally {
      await served.close();
    }
  } finally {
    standalone.close();
  }
}

async function serve(standalone: StandalonePrinter, port: number | undefined): Promise<ServedApp> {
  if (port !== undefined) return servePrinter(standalone, { port });
  return servePrinter(standalone, { port: USUAL_HTTP_PORT }).catch((error: unknown) => {
    if (error instanceof PaperjamError && error.code === 'PJ_PORT_IN_USE') return servePrinter(standalone);
    throw error;
  });
}

function whereabouts({ profile, where }: StandalonePrinter, url: string): string {
  const { pty, ptyDevice, tcp, data } = where;
  return [
    `  printer  ${profile.id}, ${profile.maker} ${profile.model}`,
    ...(pty === undefined ? [] : [`  serial   ${pty} (now ${ptyDevice})`]),
    `  tcp      ${tcp}`,
    `  http     ${url}`,
    `  data     ${data}`,
  ].join('\n');
}

function untilStopped(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop());
  });
}
