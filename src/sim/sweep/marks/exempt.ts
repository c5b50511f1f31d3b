const CUT = 'takes a power cut at one of a few moments of a sale that is rare itself: a run in a thousand, or fewer';
const PLATFORM = 'takes a refund by somebody else than this terminal: nobody here gives money back behind its back';
const GUARD_PAID =
  'takes a reversal that stays unanswered until the guard task has it, and that the platform refuses only then: a run in ten thousand, or fewer';
const GUARD_REVERSED =
  'takes a sale that was paid while all answers were lost, cancels among them: a run in a thousand, or fewer';
const VOIDED =
  'takes a sale whose money is to go back and a boot in the moment between: a run in ten thousand, or fewer';

/** What need not be seen in a sweep, and why. */
const EXEMPT: Readonly<Record<string, string>> = {
  'recovery ask > reversed': PLATFORM,
  'recovery guard > paid': GUARD_PAID,
  'recovery guard > reversed': GUARD_REVERSED,
  'recovery print > cancel': VOIDED,
  'recovery print > digital': CUT,
  'recovery print > declined': CUT,
  'recovery reprint > cancel': VOIDED,
  'recovery reprint > digital': CUT,
  'recovery reprint > declined': CUT,
  'recovery reprint > left': CUT,
  'recovery digital > digital': CUT,
  'recovery digital > copy': CUT,
  'recovery digital > declined': CUT,
  'recovery digital > left': CUT,
  'recovery digital > boot': CUT,
  'recovery print > left': CUT,
  'recovery left > not known': CUT,
  'recovery reverse > reversed': CUT,
  'recovery reverse > boot': CUT,
  'recovery never-sent > boot': CUT,
  'cause operation.print-cancelled': 'no key of a terminal cancels a print job; the driver can, for other programs',
};

/** Rare, or never: the machine describes it, and its guards, or what stands in the queue, hardly let it come. */
const TRANSITION = 'the model graph walks every transition of the machine by itself, however rare it is';

/** Why a mark need not be seen, or `undefined` if it must. */
export function exemption(mark: string): string | undefined {
  return EXEMPT[mark] ?? (mark.startsWith('transition ') ? TRANSITION : undefined);
}
