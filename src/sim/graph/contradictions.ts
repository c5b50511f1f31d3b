import { ticketPieces } from '../../world/pictures.js';
import { AMOUNT_FEN, foregroundOf, type Situation, stateOf } from './situation.js';
import type { Stage } from './stage.js';
import { PRINTER_HEARD, TRANSITIONS } from './transitions.js';

/** Stands on every whole ticket, and on every one that is marked as a copy. */
const TICKET_END = '谢谢惠顾';
const COPY_MARK = '补打';

/** In what the terminal on a stage, or a book about it, differs from what the model says of this moment. */
export function contradictions(stage: Stage, model: Situation): string[] {
  return [...ofTransitions(stage, model), ...ofMachine(stage, model), ...ofSales(stage, model)];
}

const MOVES_ON = new Set(TRANSITIONS.filter(({ to }) => to !== undefined).map(({ key }) => key));

/** Whatever moves the machine on is the same, one for one; a printer that tells more than the model asks for is no matter. */
function ofTransitions(stage: Stage, { taken }: Situation): string[] {
  const moves = (keys: readonly string[]) => keys.filter((key) => MOVES_ON.has(key)).join(', ');
  const wrong = [];
  if (moves(stage.taken) !== moves(taken)) {
    wrong.push(`the machine took ${moves(stage.taken) || 'no way'}, and the model ${moves(taken) || 'none'}`);
  }
  for (const key of taken) {
    const heard = PRINTER_HEARD.has(key) ? stage.hasTaken(key) : stage.taken.includes(key);
    if (!heard) wrong.push(`the machine has not taken ${key}`);
  }
  return wrong;
}

function ofMachine({ world: { terminal }, saleIds }: Stage, model: Situation): string[] {
  const wrong = [];
  const state = stateOf(model);
  if (terminal.state !== state) wrong.push(`the terminal is at ${terminal.state}, and the model at ${state}`);
  const foreground = foregroundOf(model);
  const saleId = foreground === undefined ? undefined : saleIds[foreground];
  if (terminal.foreground !== saleId)
    wrong.push(`the terminal is at sale ${terminal.foreground}, and not at ${saleId}`);
  const shown = terminal.screen.saleId;
  if (terminal.caughtUp && terminal.failure === undefined && shown !== undefined && shown !== saleId) {
    wrong.push(`the display speaks of sale ${shown}, and the terminal is at ${saleId}`);
  }
  return wrong;
}

/** Money and ticket of each sale: in the journal, in the platform's ledger, and on the paper. */
function ofSales(stage: Stage, { sales }: Situation): string[] {
  const { terminal } = stage.world;
  if (terminal.failure !== undefined || !terminal.caughtUp) return [];
  return sales.flatMap(({ facts: { payment, ticket, reversal } }, sale) => {
    const saleId = stage.saleIds[sale] ?? '';
    const facts = terminal.find(saleId)?.facts;
    const wrong = [];
    if (facts?.payment !== payment) wrong.push(`the journal has ${saleId} ${facts?.payment}, and the model ${payment}`);
    if (facts?.ticket !== ticket) wrong.push(`the journal has its ticket ${facts?.ticket}, and the model ${ticket}`);
    return [
      ...wrong,
      ...ofLedger(stage, saleId, payment),
      ...ofPaper(stage, saleId, reversal === 'asked' ? 'paid' : payment),
    ];
  });
}

function ofLedger({ world: { platform } }: Stage, saleId: string, payment: string): string[] {
  if (platform === undefined || payment === 'unknown') return [];
  const trade = platform.ledger.trade(saleId);
  const keptFen = (trade?.paidFen ?? 0) - (trade?.refundedFen ?? 0);
  const dueFen = payment === 'paid' ? AMOUNT_FEN : 0;
  return keptFen === dueFen ? [] : [`the platform keeps ${keptFen} fen of ${saleId}, which is ${payment}`];
}

function ofPaper({ world }: Stage, saleId: string, payment: string): string[] {
  if (world.emulatedPrinter === undefined) return [];
  const whole = ticketPieces(world, saleId).filter(({ lines }) => lines.some((line) => line.includes(TICKET_END)));
  const originals = whole.filter(({ lines }) => !lines.some((line) => line.includes(COPY_MARK)));
  if (originals.length > 1) return [`there are ${originals.length} unmarked originals of ${saleId}`];
  const prints = world.terminal.find(saleId)?.facts.prints ?? [];
  const printed = prints.some(({ result }) => result?.outcome === 'printed');
  if (printed && whole.length === 0) return [`${saleId} was printed by the printer's own word, and there is no paper`];
  if (payment !== 'paid' && whole.length > 0) return [`there is a ticket of ${saleId}, which is ${payment}`];
  return [];
}
