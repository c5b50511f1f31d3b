import { z } from 'zod';
import { loggedIn } from '../logged-in.js';
import { SUCCESS, text } from '../message.js';
import type { Poi } from '../poi.js';
import { printerStatus } from '../printer-words.js';
import { service } from '../service.js';

const DIAGNOSIS_REQUEST = z.object({
  HostDiagnosisFlag: z.boolean().optional(),
  AcquirerID: z.array(text(60)).max(10).optional(),
});

/** How the terminal is: its printer as the driver knows it, and, if asked, whether the platform answers it now. */
export const diagnosis = service({
  category: 'Diagnosis',
  schema: DIAGNOSIS_REQUEST,
  serve(call, { HostDiagnosisFlag = false }) {
    const { poi } = call;
    const answer = (hosts: object) =>
      call.answer({ ...hosts, LoggedSaleID: loggedIn(poi), POIStatus: poiStatus(poi), Response: SUCCESS });
    if (HostDiagnosisFlag) askHost(poi, (hosts) => answer({ HostStatus: hosts }));
    else answer({});
  },
});

export function poiStatus({ world }: Poi): object {
  const { terminal, printer } = world;
  const global = terminal.failure !== undefined ? 'Maintenance' : terminal.free ? 'OK' : 'Busy';
  return {
    CardReaderOKFlag: terminal.failure === undefined,
    CommunicationOKFlag: true,
    GlobalStatus: global,
    PrinterStatus: printerStatus(printer.status()),
    SecurityOKFlag: true,
  };
}

/** The platform is asked about the latest sale that it can know; before the first one nobody can tell. */
function askHost({ world }: Poi, done: (hosts: object[]) => void): void {
  const latest = world.terminal.sales().findLast(({ sent, wallet }) => sent && wallet !== undefined);
  if (latest === undefined) {
    done([]);
    return;
  }
  world.terminal.ask(latest.saleId, ({ outcome, code = '' }) => {
    const reachable = outcome !== 'no-answer' && !code.startsWith('PJ_PLATFORM_');
    done([{ AcquirerID: latest.wallet, IsReachableFlag: reachable }]);
  });
}
