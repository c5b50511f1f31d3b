import { resolve } from 'node:path';
import type { ServedTills, TillUrls } from '../ecr/tills/serve.js';
import type { Fleet, FleetTerminal } from '../world/fleet.js';
import { VERSION } from '../world/version.js';

/** More terminals than a person reads about; the ready file has them all. */
const MOST_TOLD = 8;

const NAMES: Readonly<Record<keyof TillUrls, string>> = {
  api: 'control',
  nexo: 'nexo',
  nexoCloud: 'nexo cloud',
  square: 'Square',
  stripe: 'Stripe',
};

/** Where everything is, in lines for a person. */
export function whereabouts({ terminals }: Fleet, { urls, caFile }: ServedTills): string {
  const [first] = terminals;
  if (first === undefined) return '';
  const { where, world } = first;
  const more = terminals.length - MOST_TOLD;
  return [
    `  data      ${where.data}`,
    ...(terminals.length === 1 ? printerLines(first) : terminals.slice(0, MOST_TOLD).flatMap(terminalLines)),
    ...(more > 0 ? [`            and ${more} more terminals`] : []),
    ...(where.scanner === undefined ? [] : [`  scanner   ${where.scanner}`]),
    `  platform  ${where.gateway}${world.platform === undefined ? '' : ' (emulated)'}`,
    ...(['api', 'nexo', 'nexoCloud', 'square', 'stripe'] as const).flatMap((face) => {
      const url = urls[face];
      return url === undefined ? [] : [`  ${NAMES[face].padEnd(9)} ${url}`];
    }),
    ...(caFile === undefined ? [] : [`            certificates of nexo are signed by ${resolve(caFile)}`]),
  ].join('\n');
}

function printerLines({ world, where }: FleetTerminal): string[] {
  return [
    `  printer   ${world.profile.id} at ${where.printer}`,
    ...(where.printerTcp === undefined ? [] : [`            also ${where.printerTcp}`]),
  ];
}

function terminalLines({ world, where }: FleetTerminal): string[] {
  return [`  terminal  ${world.merchant.terminalId}: ${world.profile.id} at ${where.printer}`];
}

export interface ReadyView {
  /** Whose it is. */
  readonly pid: number;
  readonly [field: string]: unknown;
}

/** The same for a program. */
export function readyView({ terminals }: Fleet, { urls, caFile }: ServedTills): ReadyView {
  return {
    paperjam: VERSION,
    pid: process.pid,
    urls,
    ...(caFile === undefined ? {} : { caFile: resolve(caFile) }),
    terminals: terminals.map(({ world, where: { data, printer, printerTcp, scanner } }) => ({
      id: world.merchant.terminalId,
      device: world.profile.id,
      data,
      printer,
      ...(printerTcp === undefined ? {} : { printerTcp }),
      ...(scanner === undefined ? {} : { scanner }),
    })),
  };
}
