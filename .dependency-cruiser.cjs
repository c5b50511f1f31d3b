/** The floors of the house: what each room of src may import besides itself. What is not named here is forbidden. */
const BOTTOM = ['base', 'ports'];
const ADAPTERS = ['links', 'glyphs', 'digital'];
const PARTS = ['terminal', 'printer', 'acquirer', 'emulator', 'faults'];
const BELOW_WORLD = [...BOTTOM, 'ground', ...ADAPTERS, ...PARTS];
const FACES = ['ecr', 'fixture', 'station', 'console', 'guide'];

const MAY_IMPORT = {
  base: [],
  ports: ['base'],
  ground: BOTTOM,
  ...Object.fromEntries(ADAPTERS.map((room) => [room, [...BOTTOM, 'ground']])),
  ...Object.fromEntries(PARTS.map((room) => [room, BOTTOM])),
  world: BELOW_WORLD,
  till: [...BELOW_WORLD, 'world'],
  report: BOTTOM,
  evidence: [...BELOW_WORLD, 'world', 'report'],
  oracles: [...BELOW_WORLD, 'world'],
  ...Object.fromEntries(
    FACES.map((room) => [room, [...BELOW_WORLD, 'world', 'till', 'report', 'evidence', 'oracles']]),
  ),
  sim: [...BELOW_WORLD, 'world', 'till', 'report', 'evidence', 'oracles', 'fixture', 'guide'],
  embed: [...BELOW_WORLD, 'world', 'till', 'ecr'],
  bench: [...BELOW_WORLD, 'world', 'till', 'report', 'oracles', 'ecr', 'fixture', 'sim'],
  cli: [...BELOW_WORLD, 'world', 'till', 'report', 'evidence', 'oracles', ...FACES, 'sim'],
  bootstrap: [],
};

/**
 * Files of a part that do touch the machine: an HTTP half, a vendor's SDK, keys made once.
 * Kept short; the test that looks for clocks and I/O in the parts excuses the same files.
 */
const ADAPTER_HALVES = [
  '^src/emulator/platform/(.+/|)http[.]ts$',
  '^src/emulator/platform/(.+/|)keys[^/]*[.]ts$',
  '^src/acquirer/(.+/|)sdk-[^/]+[.]ts$',
];

/** Packages that read clocks, open devices, files or sockets, or start servers. */
const PACKAGES_OF_THE_MACHINE = ['alipay-sdk', 'commander', 'fastify', 'fontkit', 'koffi', 'pure-rand', 'serialport'];

const rooms = Object.entries(MAY_IMPORT).map(([room, others]) => ({
  name: `floor-${room}`,
  comment: `src/${room} may import ${others.length === 0 ? 'nothing of src' : others.join(', ')}, and itself.`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...others].join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...rooms,
    {
      name: 'floor-index.ts',
      comment: 'What the package offers to others is that of src/embed, and the types in it.',
      severity: 'error',
      from: { path: '^src/index[.]ts$' },
      to: { path: '^src/', pathNot: '^src/(embed|base|faults|terminal|ecr)/' },
    },
    {
      name: 'index-is-for-others',
      comment: 'Who is in the house goes to the rooms themselves.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/index[.]ts$' },
    },
    {
      name: 'emulators-apart',
      comment: 'The emulated printer and the emulated platform do not know each other.',
      severity: 'error',
      from: { path: '^src/emulator/([^/]+)/' },
      to: { path: '^src/emulator/[^/]+/', pathNot: '^src/emulator/$1/' },
    },
    {
      name: 'parts-off-the-machine',
      comment:
        'A part takes clock, chance, files and links as it is handed them; only its adapter halves touch the machine.',
      severity: 'error',
      from: { path: `^src/(${PARTS.join('|')})/`, pathNot: ADAPTER_HALVES },
      to: { path: `node_modules/(${PACKAGES_OF_THE_MACHINE.join('|')})/` },
    },
    {
      name: 'ports-are-types',
      comment: 'src/ports holds types only, so that a part which sees a port sees no code.',
      severity: 'error',
      from: { path: '^src/ports/' },
      to: { dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'stays-in-src',
      comment: 'What is shipped imports nothing from test, dist or the tools.',
      severity: 'error',
      from: { path: '^src/' },
      to: { pathNot: ['^src/', 'node_modules/'], dependencyTypesNot: ['core'], couldNotResolve: false },
    },
    {
      name: 'declared',
      comment:
        'A package that is imported stands in package.json, and in `dependencies` unless only types, benchmarks or the build want it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(bench/|bootstrap/bundle[.]mjs$)' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-cycle',
      comment: 'Modules that import each other in a circle cannot be understood, or moved, one at a time.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      comment:
        'Nobody imports it and it imports nobody: a leftover, or something that was never wired in. Scripts of pages are read as text.',
      severity: 'error',
      from: { orphan: true, pathNot: '/in-page[.]js$' },
      to: {},
    },
    {
      name: 'resolves',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
