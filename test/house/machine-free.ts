import { isBuiltin } from 'node:module';
import ts from 'typescript';
import { type Complaint, complaint, importsOf, type SourceText, walk } from './source.js';

const TIME = 'time comes from the clock that is handed in';
const CHANCE = 'chance comes from the seeded source that is handed in';
const MACHINE = 'a part touches nothing of the machine';
const SYNCHRONOUS = 'a part is synchronous: events in, effects out';

/** Names of the global scope that a part may not use, and why. A name that the file itself declares is another thing. */
const GLOBALS = new Map<string, string>([
  ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate', 'queueMicrotask']
    .concat('performance', 'Temporal')
    .map((name) => [name, TIME] as const),
  ...['crypto'].map((name) => [name, CHANCE] as const),
  ...['process', 'console', 'fetch', 'WebSocket', 'EventSource', 'Worker', 'MessageChannel', 'BroadcastChannel']
    .concat('globalThis', 'global', 'require', 'module', 'navigator')
    .map((name) => [name, MACHINE] as const),
  ...['Promise', 'PromiseLike', 'AsyncIterable', 'AsyncGenerator'].map((name) => [name, SYNCHRONOUS] as const),
]);

/** Node's modules that only compute. Any other, with what it could reach, is the machine. */
const COMPUTING = new Set(
  ['assert', 'assert/strict', 'buffer', 'crypto', 'events', 'path', 'path/posix'].concat([
    'querystring',
    'string_decoder',
    'url',
    'util',
    'zlib',
  ]),
);

/** Names that a module which otherwise only computes has to offer, and that do more. */
const EXCEPT = new Map<string, { readonly names: RegExp; readonly why: string }>([
  ['crypto', { names: /^(\*|default|webcrypto|subtle|.*random.*|generate.*)$/i, why: CHANCE }],
  ['events', { names: /^(on|once)$/, why: SYNCHRONOUS }],
  ['util', { names: /^(promisify|aborted)$/, why: SYNCHRONOUS }],
  ['xstate', { names: /^(fromPromise|waitFor|toPromise)$/, why: SYNCHRONOUS }],
]);

export interface Excuses {
  /** Files that may touch the machine and wait for it: a part's adapter half. */
  readonly adapterHalf: (path: string) => boolean;
  /** Files that may wait, once, while a world is set up. */
  readonly mayAwait: (path: string) => boolean;
}

/** What in these files is not a function of the events, the clock and the chance that are handed in. */
export function machineFreeComplaints(files: readonly SourceText[], excuses: Excuses): Complaint[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  // The compiler binds names to declarations; without its library, a name of the global scope stays unbound.
  const program = ts.createProgram({
    rootNames: [...texts.keys()],
    options: { noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.ES2022 },
    host: {
      ...ts.createCompilerHost({}),
      fileExists: (path) => texts.has(path),
      readFile: (path) => texts.get(path),
      getSourceFile: (path, target) => {
        const text = texts.get(path);
        return text === undefined ? undefined : ts.createSourceFile(path, text, target, true);
      },
      getCurrentDirectory: () => '',
    },
  });
  const checker = program.getTypeChecker();
  return [...texts.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    if (file === undefined) throw new Error(`the compiler did not read ${path}`);
    if (excuses.adapterHalf(path)) return [];
    const found = [...importComplaints(file), ...nameComplaints(file, checker), ...actorComplaints(file)];
    const waits = excuses.mayAwait(path) ? [] : asyncComplaints(file);
    return [...found, ...waits].filter((words) => !(excuses.mayAwait(path) && words.endsWith(SYNCHRONOUS)));
  });
}

function importComplaints(file: ts.SourceFile): Complaint[] {
  return importsOf(file).flatMap(({ specifier, typeOnly, names, node }) => {
    if (typeOnly) return [];
    const module = specifier.replace(/^node:/, '');
    if (isBuiltin(specifier) && !COMPUTING.has(module)) return [complaint(node, `imports ${specifier}: ${MACHINE}`)];
    const except = EXCEPT.get(module);
    const wrong = names.filter((name) => except?.names.test(name));
    return wrong.map((name) => complaint(node, `imports ${name} of ${specifier}: ${except?.why}`));
  });
}

function nameComplaints(file: ts.SourceFile, checker: ts.TypeChecker): Complaint[] {
  const found: Complaint[] = [];
  walk(file, (node) => {
    if (!ts.isIdentifier(node) || isNameOfMember(node) || !isGlobal(node, checker)) return;
    const why = GLOBALS.get(node.text);
    if (why !== undefined) found.push(complaint(node, `uses ${node.text}: ${why}`));
    if (node.text === 'Date' && readsClock(node)) found.push(complaint(node, `uses Date without a time: ${TIME}`));
    if (node.text === 'Math' && drawsLots(node)) found.push(complaint(node, `uses Math.random: ${CHANCE}`));
  });
  return found;
}

/** The name stands for a member of something, as in `clock.setTimeout`, `{ setTimeout: … }` and `setTimeout(run, delayMs) {…}`. */
function isNameOfMember(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return true;
  return ts.isPropertyAssignment(parent) || ts.isClassElement(parent) || ts.isTypeElement(parent)
    ? parent.name === node
    : false;
}

function isGlobal(node: ts.Identifier, checker: ts.TypeChecker): boolean {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  return (symbol?.declarations ?? []).length === 0;
}

/** `new Date(x)`, `Date.UTC`, `Date.parse` and the type compute; anything else can get at the present. */
function readsClock(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isTypeReferenceNode(parent)) return false;
  if (ts.isNewExpression(parent) && parent.expression === node) return (parent.arguments ?? []).length === 0;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) return false;
  return !(takes(node, 'UTC') || takes(node, 'parse'));
}

/** `Math.floor` and its like compute; `Math.random`, and `Math` as a whole, do not. */
function drawsLots(node: ts.Identifier): boolean {
  const { parent } = node;
  return !(ts.isPropertyAccessExpression(parent) && parent.expression === node) || takes(node, 'random');
}

function takes(node: ts.Identifier, member: string): boolean {
  const { parent } = node;
  return ts.isPropertyAccessExpression(parent) && parent.expression === node && parent.name.text === member;
}

function asyncComplaints(file: ts.SourceFile): Complaint[] {
  const found: Complaint[] = [];
  walk(file, (node) => {
    const word = asyncWord(node);
    if (word !== undefined) found.push(complaint(node, `uses ${word}: ${SYNCHRONOUS}`));
  });
  return found;
}

function asyncWord(node: ts.Node): string | undefined {
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'async';
  if (ts.isAwaitExpression(node)) return 'await';
  if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) return 'for await';
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return 'import()';
  return undefined;
}

/** XState's actors run on `setTimeout` unless they are given a clock. */
function actorComplaints(file: ts.SourceFile): Complaint[] {
  const found: Complaint[] = [];
  walk(file, (node) => {
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== 'createActor')
      return;
    const [, options] = node.arguments;
    const properties = options !== undefined && ts.isObjectLiteralExpression(options) ? options.properties : [];
    const given = properties.some(
      (property) => property.name?.getText(file) === 'clock' || ts.isSpreadAssignment(property),
    );
    if (!given) found.push(complaint(node, `starts an actor without a clock: ${TIME}`));
  });
  return found;
}
