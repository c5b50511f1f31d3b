import { formatYuan } from '../base/money.js';
import { mayBeVoided, type SaleFacts, type TicketState } from '../terminal/facts.js';
import type { World } from '../world/world.js';
import { booksWords, type Sight } from './sight.js';

/** The customer has a ticket, or has said that none is wanted. */
const GIVEN: readonly TicketState[] = ['printed', 'digital', 'refused'];

/**
 * When the faults end, every sale settles: its verdict is final; one that is paid has a ticket that was confirmed, or a
 * recorded reason why not and another way to the evidence; and nothing is left pending. What is still so, in words; none
 * when all has settled.
 */
export function pendingIn(sight: Sight, world: World): string[] {
  const { terminal, printer } = world;
  const sales = sight.journal.sales().flatMap((facts) => {
    const words = pendingOf(facts, sight, world);
    return words === undefined ? [] : [`${facts.saleId} (¥${formatYuan(facts.amountFen)}): ${words}`];
  });
  const { life, faults, problem } = printer.status();
  const printerWords = `the printer is ${[life, ...faults, ...(problem === undefined ? [] : [problem])].join(', ')}`;
  const { zh, en } = terminal.screen;
  const busy =
    terminal.free && terminal.caughtUp ? [] : [`the terminal is in ${terminal.state}, and shows "${zh} | ${en}"`];
  const failure = terminal.failure === undefined ? [] : [`it is out of service: ${terminal.failure.message}`];
  const pending = [...sales, ...busy, ...failure];
  return pending.length === 0 ? [] : [...pending, printerWords, faultWords(world)];
}

function pendingOf(facts: SaleFacts, sight: Sight, world: World): string | undefined {
  if (facts.payment === 'unknown') return `its payment is unknown${why(facts)}; ${platformWords(facts, sight, world)}`;
  if (facts.payment !== 'paid') return undefined;
  if (mayBeVoided(facts)) return `it is paid, and its money may yet go back; its ticket is ${facts.ticket}`;
  if (facts.prints.some(({ result }) => result === undefined) && facts.ticket === 'pending')
    return 'it is paid, and its ticket is being printed';
  if (facts.ticketLeft || GIVEN.includes(facts.ticket)) return undefined;
  return `it is paid, and its ticket is ${facts.ticket} after ${facts.prints.length} attempt(s)`;
}

function why({ sent, unresolved, cancelling }: SaleFacts): string {
  if (unresolved)
    return cancelling === undefined
      ? ', left to the guard task'
      : `, being cancelled (${cancelling}) by the guard task`;
  if (cancelling !== undefined) return `, being cancelled (${cancelling})`;
  return sent ? ', and the platform was asked' : ', and nothing was sent';
}

function platformWords({ saleId }: SaleFacts, sight: Sight, { platform }: World): string {
  const last = platform?.log.findLast(({ orderNo }) => orderNo === saleId);
  if (last === undefined) return 'the platform has not been asked about it';
  const answer = last.response === undefined ? 'nothing yet' : JSON.stringify(last.response);
  return `${booksWords(sight, saleId)}; its last answer, to ${last.method}, was ${answer}`;
}

function faultWords({ faults }: World): string {
  const active = faults.active().map(({ fault }) => fault);
  return active.length === 0 ? 'there are no faults' : `faults: ${active.join(', ')}`;
}
