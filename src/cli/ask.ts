import { z } from 'zod';
import type { SaleFacts } from '../terminal/facts.js';
import { compareWithPlatform, type PlatformView } from '../terminal/verdict/ask.js';
import { askFromFolder } from '../world/ask-platform.js';
import { announcedControl } from './control-address.js';
import { configOf } from './options.js';

/** Longer than any terminal waits for its platform. */
const PATIENCE_MS = 60_000;

const WORDS = z.object({ zh: z.string(), en: z.string() });
const PAYMENT = z.enum(['paid', 'not-paid', 'reversed', 'unknown']);

/** What a running terminal answers, as far as it is about the platform. */
const ANSWER = z.object({
  platform: z.object({
    askedAt: z.string(),
    afterMs: z.number(),
    payment: PAYMENT,
    outcome: z.enum(['paid', 'waiting', 'closed', 'not-found', 'unknown', 'no-answer', 'not-asked']),
    code: z.string().optional(),
    said: z.string().optional(),
    tradeNo: z.string().optional(),
    agreement: z.enum(['agrees', 'differs', 'open']),
    words: WORDS,
  }),
});

/** Asks the platform about a sale: by the terminal that runs on this data folder, or, when none does, by itself. */
export async function askNow(flags: { data: string; config?: string }, facts: SaleFacts): Promise<PlatformView> {
  const control = announcedControl(flags.data);
  const view = control === undefined ? undefined : await askTerminal(control, facts.saleId);
  if (view !== undefined) return view;
  const reply = await askFromFolder({ data: flags.data, ...configOf(flags) }, facts);
  return compareWithPlatform(facts.payment, reply);
}

/** `undefined`: there is no terminal at this address any more, or another one. */
async function askTerminal(control: string, saleId: string): Promise<PlatformView | undefined> {
  try {
    const url = `${control}/v1/sales/${encodeURIComponent(saleId)}/verdict?ask=true`;
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const answer = ANSWER.safeParse(await response.json());
    if (!answer.success) return undefined;
    const { code, said, tradeNo, ...rest } = answer.data.platform;
    return {
      ...rest,
      ...(code === undefined ? {} : { code }),
      ...(said === undefined ? {} : { said }),
      ...(tradeNo === undefined ? {} : { tradeNo }),
    };
  } catch {
    return undefined;
  }
}
