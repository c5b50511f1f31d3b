import { oneLine } from '../base/one-line.js';
import type { RecordedEvent } from '../links/recording/format.js';
import type { RecordingReading } from '../world/recording-file.js';
import { RecordingListing } from '../world/replay/listing.js';
import { endNotes } from '../world/replay.js';

/** `paperjam replay FILE --list`: what is in a recording, for people with a grep. */
export async function list(file: string, recording: RecordingReading): Promise<void> {
  const { device, address, baud, startedAt, paperjam } = recording.header;
  await say(`# ${file}: ${oneLine(`${device} at ${address}, baud ${baud}, ${startedAt}, by paperjam ${paperjam}`)}`);
  const listing = new RecordingListing();
  const events = recording.events();
  for (;;) {
    const next = await events.next();
    if (next.done === true) {
      for (const note of endNotes(next.value)) await say(`# ${note}`);
      return;
    }
    await say(lines(listing, next.value));
  }
}

function lines(listing: RecordingListing, event: RecordedEvent): string {
  return listing.lines(event).join('\n');
}

/** Waits while the reader is slower, so that a long recording does not pile up here. */
function say(text: string): Promise<void> | undefined {
  if (process.stdout.write(`${text}\n`)) return undefined;
  return new Promise((resolve) => {
    const done = () => {
      process.stdout.off('drain', done);
      process.stdout.off('error', done);
      resolve();
    };
    process.stdout.on('drain', done);
    process.stdout.on('error', done);
  });
}
