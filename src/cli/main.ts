#!/usr/bin/env node
import { runProgram } from './program.js';
import { readerHasLeft } from './talk.js';

// Whoever reads may stop reading, as `head` does, and a log may be full: what is left to do is done all the same.
let outputFailed = false;
process.stdout.on('error', (error) => {
  if (!readerHasLeft(error) && !outputFailed)
    process.stderr.write(`paperjam: standard output cannot be written: ${error.message}\n`);
  outputFailed = true; // Said once, and not for every line.
});

await runProgram(process.argv.slice(2));
// All that was opened has been closed. A request to a platform elsewhere that does not answer holds nobody up.
process.stdout.write('', () => setImmediate(() => process.exit()));
