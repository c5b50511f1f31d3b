import fc from 'fast-check';
import { VirtualClock } from '../../../src/ground/virtual-clock.js';
import type { LineEvent, RecordedEvent } from '../../../src/links/recording/format.js';
import { RecordingParser } from '../../../src/links/recording/parser.js';
import { Recorder } from '../../../src/links/recording/recorder.js';

export const HEADER = { device: 'epson-tm-m30', address: '/dev/ttyUSB0 at 115200', baud: 115_200, paperjam: '0.1.0' };

/** An event and how long after the one before, in microseconds. */
export interface Step {
  readonly afterUs: number;
  readonly event: LineEvent;
}

const BYTES = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 40 }),
  fc.uint8Array({ minLength: 120, maxLength: 300 }),
);
const CODES = ['lost', 'refused', 'missing', 'busy', 'denied', 'unsupported'] as const;

export const ANY_EVENT: fc.Arbitrary<LineEvent> = fc.oneof(
  fc.record({ kind: fc.constantFrom('toPrinter' as const, 'fromPrinter' as const), bytes: BYTES }),
  fc.record({ kind: fc.constantFrom('opened' as const, 'closed' as const) }),
  fc.record({
    kind: fc.constant('lost' as const),
    code: fc.constantFrom(...CODES),
    message: fc.string({ unit: 'grapheme' }),
  }),
  fc.record({ kind: fc.constant('rate' as const), baud: fc.nat(4_000_000) }),
  fc.record({ kind: fc.constant('mark' as const), text: fc.string({ unit: 'grapheme' }) }),
);

export const ANY_STEPS: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    afterUs: fc.oneof(fc.constant(0), fc.nat(1_000), fc.nat(1_000_000_000)),
    event: ANY_EVENT,
  }),
  { maxLength: 20 },
);

/** Records the steps, with an end unless it is broken off. Gives each appended part: header, records, end. */
export function recorded(steps: readonly Step[], ended = true): Uint8Array[] {
  const parts: Uint8Array[] = [];
  const clock = new VirtualClock(0); // Near 1970, where a number holds a microsecond exactly enough.
  const recorder = new Recorder({ clock, header: HEADER, append: (bytes) => parts.push(bytes) });
  for (const { afterUs, event } of steps) {
    clock.advance(afterUs / 1_000);
    tell(recorder, event);
  }
  if (ended) recorder.end();
  return parts;
}

function tell(recorder: Recorder, event: LineEvent): void {
  switch (event.kind) {
    case 'toPrinter':
    case 'fromPrinter':
      recorder[event.kind](event.bytes);
      break;
    case 'opened':
    case 'closed':
      recorder[event.kind]();
      break;
    case 'lost':
      recorder.lost({ code: CODES.find((code) => code === event.code) ?? 'lost', message: event.message });
      break;
    case 'rate':
      recorder.rate(event.baud);
      break;
    case 'mark':
      recorder.mark(event.text);
  }
}

export const STARTED_AT = '1970-01-01T00:00:00.000Z';

/** What is read of a file, up to its end or to what is thrown. */
export function read(file: Uint8Array, chunkBytes = file.length) {
  const parser = new RecordingParser('a.pjr');
  const events: RecordedEvent[] = [];
  try {
    for (let at = 0; at < file.length; at += chunkBytes)
      for (const event of parser.feed(file.subarray(at, at + chunkBytes))) events.push(event);
    return { events, end: parser.finish(), header: parser.header };
  } catch (error) {
    return { events, error, header: parser.header };
  }
}

/** The event without time and place. */
export function plain({ atUs: _, offset: __, ...event }: RecordedEvent): LineEvent {
  return event.kind === 'toPrinter' || event.kind === 'fromPrinter'
    ? { ...event, bytes: Uint8Array.from(event.bytes) }
    : event;
}
