import { PaperjamError } from '../base/errors.js';
import { RecordingParser } from '../links/recording/parser.js';
import { RecordingListing } from '../world/replay/listing.js';

/** A recording in lines for people. One that is not whole, since a power cut ended it, is shown as far as it goes. */
export function listingOf(name: string, bytes: Uint8Array): string {
  const parser = new RecordingParser(name);
  const listing = new RecordingListing();
  const lines: string[] = [];
  try {
    for (const event of parser.feed(bytes)) lines.push(...listing.lines(event));
    if (!parser.finish().ended) lines.push('# it was cut off here');
  } catch (error) {
    if (!(error instanceof PaperjamError)) throw error;
    lines.push(`# ${error.message}`);
  }
  const { header } = parser;
  const head = header === undefined ? '' : `# ${name}: ${header.device}, baud ${header.baud}, ${header.startedAt}\n`;
  return `${head}${lines.join('\n')}\n`;
}
