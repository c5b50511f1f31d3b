import { z } from 'zod';
import { PaperjamError } from '../../../base/errors.js';
import type { JobResult } from '../../../ports/printer.js';
import { proveJournal } from '../../../terminal/journal/chain.js';
import type { JournalRecord } from '../../../terminal/journal/record.js';
import { type Call, refusedBy } from '../call.js';
import { failure, type Response, SUCCESS, success } from '../message.js';
import { OUTPUT_CONTENT } from '../output.js';
import { pageOf } from '../page.js';
import type { Poi } from '../poi.js';
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

/** A page of the till's own, once for each number. With PrintEnd the answer waits, and says what became of the paper. */
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
      const jobId = poi.world.terminal.printPage(page, { id: call.key, from: 'nexo' });
      if (ResponseMode !== 'PrintEnd') answer(SUCCESS);
      else whenPrinted(call, jobId, (result) => answer(responseTo(result)));
    } catch (error) {
      answer(isKnown(error) ? responseAgain(poi, String(error.data.jobId)) : refusedBy(error));
    }
  },
  failed: (response, body) => {
    const shape = z.object({ PrintOutput: z.object({ DocumentQualifier: z.enum(DOCUMENTS) }) });
    const qualifier = shape.safeParse(body).data?.PrintOutput.DocumentQualifier ?? 'Document';
    return { DocumentQualifier: qualifier, Response: response };
  },
});

function whenPrinted(call: Call, jobId: string, done: (result: JobResult) => void): void {
  const { world, counter } = call.poi;
  const stop = () => {
    unwatch();
    offLoss();
  };
  const unwatch = world.watch({
    record(record) {
      const result = resultIn(record, jobId);
      if (result === undefined) return;
      stop();
      done(result);
    },
    failed(error) {
      stop();
      call.answer({ DocumentQualifier: 'Document', Response: refusedBy(error) });
    },
  });
  const offLoss = counter.onPowerLoss(stop);
}

function resultIn(record: JournalRecord, jobId: string): JobResult | undefined {
  return record.kind === 'page' && record.jobId === jobId && record.phase === 'ended' ? record.result : undefined;
}

function isKnown(error: unknown): error is PaperjamError {
  return error instanceof PaperjamError && error.code === 'PJ_PAGE_KNOWN';
}

/** Of a page that was asked for before: what became of it, from the journal. */
function responseAgain({ world }: Poi, jobId: string): Response {
  const { records } = proveJournal(world.readJournal(), '');
  for (const record of records) {
    const result = resultIn(record, jobId);
    if (result !== undefined) return responseTo(result);
  }
  return failure('InProgress', { message: 'The page is being printed' });
}

function responseTo(result: JobResult): Response {
  switch (result.outcome) {
    case 'printed':
      return SUCCESS;
    case 'unconfirmed':
      return success({ paper: 'unconfirmed' });
    default: {
      const { reason, outcome } = result;
      const message = `The page is ${outcome}: ${reason}`;
      return failure(faultCondition(reason), { message, paper: outcome, PrinterStatus: faultStatus(reason) });
    }
  }
}
