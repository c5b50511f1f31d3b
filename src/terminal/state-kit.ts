/** Small pieces that the states of the machine are put together from. */
import type { ScreenName } from './screens.js';

export const show = <const N extends ScreenName>(name: N) => ({ type: 'show' as const, params: { name } });

export const noAnswer = <const C extends 'authorize' | 'query' | 'cancel'>(call: C) => ({
  type: 'recordNoAnswer' as const,
  params: { call },
});

/** A code that is read while none is asked for: the display says that one has been read already. */
export const SCANNED = { SCAN: { actions: ['ignoreCode', show('scanIgnored')] } } as const;
/** The same where the display has something to say that must not be hidden. */
export const SCANNED_QUIETLY = { SCAN: { actions: 'ignoreCode' } } as const;
/** The same where the sale has ended without money: the code is another attempt, and wants an amount first. */
export const SCANNED_TOO_SOON = { SCAN: { actions: ['ignoreCode', show('enterAmount')] } } as const;

/** Another sale's too: the state is entered anew, so that the display shows that one's code. */
const DIGITAL = { target: '#terminal.digital', actions: ['takeReprint', 'recordDigital'], reenter: true } as const;
/** A person saw that the ticket is no good: it is a print fault that no printer tells. */
const TOLD = { guard: 'toldBad', target: '#terminal.printFault', actions: 'recordTold' } as const;

/** What can be begun when nothing is under way. */
const FREE_FOR_ALL = {
  SELL: { target: '#terminal.scanning', actions: ['open'] },
  REPRINT: { target: '#terminal.printing', actions: ['takeReprint'] },
  REVERSE: { target: '#terminal.reversing', actions: ['takeReprint', 'recordAsked'] },
  SELF_TEST: { target: '#terminal.selfTest', actions: 'beginSelfTest' },
  PAGE: { target: '#terminal.page', actions: 'beginPage' },
  NO_PAPER: { target: '#terminal.paperRequired', reenter: true },
  DIGITAL,
} as const;

/** The same where the sale in the foreground may have a ticket. */
export const FREE = { ...FREE_FOR_ALL, TOLD } as const;

/** What the printed ticket's fate may become when a person tells, in the state in which it failed. */
export const FAULT_TOLD = [
  { guard: 'toldDeclined', target: '#terminal.noTicket', actions: 'recordTold' },
  { guard: 'toldComplete', target: '#terminal.done', actions: 'recordTold' },
  { guard: 'toldLeft', target: '#terminal.next', actions: 'recordTold' },
  { guard: 'toldBad', target: '#terminal.printFault', actions: 'recordTold', reenter: true },
] as const;

/** A state that shows how a sale ended, and in which the next one may begin. */
export const ending = <const N extends ScreenName, Scan extends object>(name: N, scanned: Scan) =>
  ({
    tags: ['free'],
    entry: show(name),
    after: { result: '#terminal.next' },
    on: { ...FREE, ...scanned },
  }) as const;

/** The same for a sale that was not paid: of its ticket nobody can tell anything. */
export const endingUnpaid = <const N extends ScreenName, Scan extends object>(name: N, scanned: Scan) =>
  ({ ...ending(name, scanned), on: { ...FREE_FOR_ALL, ...scanned } }) as const;
