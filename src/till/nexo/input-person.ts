/** What a person at the terminal is asked. */
export interface Question {
  readonly command: InputCommand;
  /** What the display says. */
  readonly words: string;
  /** The entries of a menu that can be chosen, from the top. */
  readonly menu: readonly string[];
  readonly minLength: number;
  readonly maxLength: number;
}

export const INPUT_COMMANDS = [
  'GetConfirmation',
  'GetMenuEntry',
  'DigitString',
  'DecimalString',
  'TextString',
  'GetAnyKey',
  'GetFunctionKey',
] as const;
export type InputCommand = (typeof INPUT_COMMANDS)[number];

/** What the person does: confirms or not, keys something in, takes an entry (1 is the first), or presses Cancel. */
export type Answer =
  | { readonly confirmed: boolean }
  | { readonly entry: number }
  | { readonly keyed: string }
  | 'cancel';

/** Who answers. */
export interface Answers {
  /** Default 2,000 ms. */
  readonly afterMs?: number | undefined;
  /** `undefined`: nobody is there; somebody may come and answer by other means. */
  answer(question: Question): Answer | undefined;
}

/** Says yes, takes the first entry, keys in the least that is allowed. */
export const AGREEABLE: Answers = {
  answer({ command, minLength }) {
    switch (command) {
      case 'GetConfirmation':
        return { confirmed: true };
      case 'GetMenuEntry':
        return { entry: 1 };
      case 'DigitString':
      case 'DecimalString':
        return { keyed: '1234567890'.repeat(Math.ceil(minLength / 10)).slice(0, minLength) };
      case 'TextString':
        return { keyed: 'ok'.repeat(Math.ceil(minLength / 2)).slice(0, Math.max(minLength, 2)) };
      case 'GetAnyKey':
      case 'GetFunctionKey':
        return { keyed: '1' };
    }
  },
};

export const ANSWER_AFTER_MS = 2_000;

/** What is wrong with an answer to this question, in words; nothing if it fits. */
export function problemWith(answer: Answer, { command, menu, minLength, maxLength }: Question): string | undefined {
  if (answer === 'cancel') return undefined;
  if (command === 'GetConfirmation') return 'confirmed' in answer ? undefined : 'yes or no is asked: {confirmed: true}';
  if (command === 'GetMenuEntry') {
    if (!('entry' in answer)) return `an entry is asked: {entry: 1} to {entry: ${menu.length}}`;
    const there = Number.isInteger(answer.entry) && answer.entry >= 1 && answer.entry <= menu.length;
    return there ? undefined : `there is no entry ${answer.entry}; there are 1 to ${menu.length}`;
  }
  if (!('keyed' in answer)) return 'something is to be keyed in: {keyed: "1234"}';
  const { keyed } = answer;
  if (command === 'DigitString' && !/^\d*$/.test(keyed)) return `${JSON.stringify(keyed)} has more than digits in it`;
  if (command === 'DecimalString' && !/^\d*(?:\.\d*)?$/.test(keyed)) return `${JSON.stringify(keyed)} is no number`;
  if (keyed.length < minLength || keyed.length > maxLength) {
    return `${JSON.stringify(keyed)} has ${keyed.length} characters; ${minLength} to ${maxLength} are allowed`;
  }
  return undefined;
}
