import { z } from 'zod';
import { oneLine } from '../../../base/one-line.js';
import { failure, type Response, SUCCESS } from '../message.js';
import { DEVICES, INFO_QUALIFY, OUTPUT_CONTENT, wordsOf } from '../output.js';
import type { Poi } from '../poi.js';
import { service } from '../service.js';

const DISPLAY_OUTPUT = z.object({
  Device: z.enum(DEVICES),
  InfoQualify: z.enum(INFO_QUALIFY),
  OutputContent: OUTPUT_CONTENT,
  MenuEntry: z
    .array(z.object({ OutputText: OUTPUT_CONTENT.shape.OutputText }))
    .max(50)
    .optional(),
});
type DisplayOutput = z.infer<typeof DISPLAY_OUTPUT>;

/** So many columns has a line of the display. */
const COLUMNS = 40;

/** Words on the terminal's display, to be seen while it is idle; empty ones give the display back to it. */
export const display = service({
  category: 'Display',
  schema: z.object({ DisplayOutput: z.array(DISPLAY_OUTPUT).min(1).max(10) }),
  serve(call, { DisplayOutput }) {
    call.answer({ OutputResult: DisplayOutput.map((output) => resultOf(output, shown(call.poi, output))) });
  },
  failed: (response) => ({
    OutputResult: [{ Device: 'CustomerDisplay', InfoQualify: 'Display', Response: response }],
  }),
});

function resultOf({ Device, InfoQualify }: DisplayOutput, response: Response): object {
  return { Device, InfoQualify, Response: response };
}

function shown(poi: Poi, { Device, OutputContent }: DisplayOutput): Response {
  if (Device !== 'CustomerDisplay') {
    return failure('UnavailableDevice', { message: `There is no ${Device} here; allowed: CustomerDisplay` });
  }
  const busy = poi.busyWith();
  if (busy !== undefined) return busy;
  const words = oneLine(wordsOf(OutputContent), COLUMNS - 1);
  poi.world.terminal.showText(words === '' ? undefined : { zh: words, en: words });
  return SUCCESS;
}
