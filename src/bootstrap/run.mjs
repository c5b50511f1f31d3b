/**
 * What `npm start`, `npm test`, `npm run bench` and `npm run build` run, on a fresh clone too: installs what is missing,
 * builds what has changed, then becomes the program that was asked for. No dependency, and nothing here that an old
 * Node could not at least read, so that it can say why it stops.
 */
const OLDEST_NODE = 20;

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  console.error(`paperjam: this is Node ${process.versions.node}; paperjam needs Node ${OLDEST_NODE} or newer.`);
  process.exit(1);
} else {
  import('./command.mjs').then((command) => command.main(process.argv.slice(2)));
}
