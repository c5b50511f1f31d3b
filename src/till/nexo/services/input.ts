import { z } from 'zod';
import { oneLine } from '../../../base/one-line.js';
import type { Call } from '../call.js';
import {
  AGREEABLE,
  ANSWER_AFTER_MS,
  type Answer,
  INPUT_COMMANDS,
  problemWith,
  type Question,
} from '../input-person.js';
import { failure, type Response, SUCCESS } from '../message.js';
import { DEVICES, INFO_QUALIFY, OUTPUT_CONTENT, wordsOf } from '../output.js';
import { busy } from '../poi.js';
import { service } from '../service.js';

const INPUT_REQUEST = z.object({
  DisplayOutput: z
    .object({
      Device: z.enum(DEVICES),
      InfoQualify: z.enum(INFO_QUALIFY),
      OutputContent: OUTPUT_CONTENT,
      MenuEntry: z
        .array(z.object({ OutputText: OUTPUT_CONTENT.shape.OutputText }))
        .max(50)
        .optional(),
    })
    .optional(),
  InputData: z.object({
    Device: z.enum(DEVICES),
    InfoQualify: z.enum(INFO_QUALIFY),
    InputCommand: z.string().max(40),
    /** Seconds. */
    MaxInputTime: z.number().min(1).max(3600).optional(),
    MinLength: z.int().min(0).max(200).optional(),
    MaxLength: z.int().min(0).max(200).optional(),
  }),
});
type InputRequest = z.infer<typeof INPUT_REQUEST>;

const COLUMNS = 40;
/** As long as Adyen's terminals wait for a shopper. */
const PATIENCE_MS = 120_000;

/** Somebody at the terminal is asked something, and keys in the answer. One question at a time. */
export const input = service({
  category: 'Input',
  schema: INPUT_REQUEST,
  serve(call, body) {
    const { poi } = call;
    const { InputData } = body;
    const question = questionOf(body);
    if (question === undefined) {
      const allowed = INPUT_COMMANDS.join(', ');
      const message = `InputCommand ${InputData.InputCommand} is not available; allowed: ${allowed}`;
      call.answer(result(InputData, failure('UnavailableService', { message })));
      return;
    }
    const refusal = poi.busyWith() ?? (poi.world.terminal.free ? undefined : busy('PaymentRequest', undefined));
    if (refusal !== undefined) {
      call.answer(result(InputData, refusal));
      return;
    }
    ask(call, InputData, question);
  },
  failed: (response, body) => result(z.object({ InputData: z.unknown() }).safeParse(body).data?.InputData, response),
});

function ask(call: Call, data: InputRequest['InputData'], question: Question): void {
  const { poi } = call;
  const { clock, world } = poi;
  const { person = AGREEABLE } = poi.options;
  const drop = () => {
    clock.clearTimeout(patience);
    clock.clearTimeout(answers);
    poi.dialogue = undefined;
  };
  const end = (response: Response, answer?: Answer) => {
    drop();
    world.terminal.showText(undefined);
    call.answer(result(data, response, answer));
  };
  const take = (answer: Answer): string | undefined => {
    const problem = problemWith(answer, question);
    if (problem !== undefined) return problem;
    if (answer === 'cancel') end(failure('Cancel', { message: '108 Shopper cancelled tx' }));
    else end(SUCCESS, answer);
    return undefined;
  };
  const limitMs = data.MaxInputTime === undefined ? PATIENCE_MS : data.MaxInputTime * 1000;
  const patience = clock.setTimeout(() => end(failure('Cancel', { message: 'Timed out' })), limitMs);
  const answers = clock.setTimeout(() => {
    const answer = person.answer(question);
    if (answer !== undefined) take(answer);
  }, person.afterMs ?? ANSWER_AFTER_MS);
  const { MessageCategory: category, ServiceID: serviceId } = call.header;
  poi.dialogue = { category, serviceId, key: call.key, end, drop, question, take };
  const words = question.words === '' ? 'Input' : question.words;
  world.terminal.showText({ zh: words, en: words });
}

function questionOf({ DisplayOutput, InputData }: InputRequest): Question | undefined {
  const command = INPUT_COMMANDS.find((known) => known === InputData.InputCommand);
  if (command === undefined) return undefined;
  const { MinLength = 1, MaxLength = Math.max(MinLength, 40) } = InputData;
  const menu = (DisplayOutput?.MenuEntry ?? []).map(({ OutputText }) => wordsOf({ OutputFormat: 'Text', OutputText }));
  const words = DisplayOutput === undefined ? '' : oneLine(wordsOf(DisplayOutput.OutputContent), COLUMNS - 1);
  return { command, words, menu, minLength: MinLength, maxLength: MaxLength };
}

function result(data: unknown, response: Response, answer?: Answer): object {
  const asked = INPUT_REQUEST.shape.InputData.partial().safeParse(data).data ?? {};
  const { Device = 'CustomerInput', InfoQualify = 'Input', InputCommand } = asked;
  const said = answer === undefined || answer === 'cancel' ? undefined : inputOf(InputCommand, answer);
  return {
    InputResult: { Device, InfoQualify, ...(said === undefined ? {} : { Input: said }), Response: response },
  };
}

function inputOf(InputCommand: string | undefined, answer: Exclude<Answer, 'cancel'>): object {
  if ('confirmed' in answer) return { InputCommand, ConfirmedFlag: answer.confirmed };
  if ('entry' in answer) return { InputCommand, MenuEntryNumber: answer.entry };
  switch (InputCommand) {
    case 'DigitString':
    case 'DecimalString':
      return { InputCommand, DigitInput: answer.keyed };
    case 'TextString':
      return { InputCommand, TextInput: answer.keyed };
    default:
      return { InputCommand, FunctionKey: answer.keyed };
  }
}
