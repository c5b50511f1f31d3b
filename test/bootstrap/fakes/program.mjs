/** Stands in for the program that is started: says what it was given, and ends as its first `--exit` says. */
if (process.argv.includes('--stay')) {
  process.on('SIGTERM', () => process.exit(7));
  setInterval(() => {}, 1_000);
} else {
  process.exitCode = Number(process.argv[process.argv.indexOf('--exit') + 1]) || 0;
}
process.stdout.write(`${JSON.stringify(process.argv.slice(2))}\n`);
