import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { PaperjamError } from '../../base/errors.js';
import { repeatLine } from '../../fixture/run-result.js';
import { fileProblem } from '../../ground/file-problem.js';
import { writeWholeFile } from '../../ground/whole-file.js';
import { commentOf, FOUND_BY, type Found, titleOf } from './words.js';
import { fixtureYaml } from './yaml.js';

export interface Saved {
  readonly file: string;
  /** The one line that carries it out. */
  readonly repeat: string;
}

/** Writes a shrunk fixture to a file. Throws `PJ_SHRINK_OUTPUT`, also where a file is that was not written like this. */
export function saveFixture(file: string, found: Found): Saved {
  checkFree(file);
  written(file, textFor(file, found));
  return { file, repeat: repeatOf(file) };
}

/** Throws `PJ_SHRINK_OUTPUT` where there is a file that somebody else wrote, or a folder. */
export function checkFree(file: string): void {
  const text = textAt(file);
  if (text === undefined || isFound(text)) return;
  throw new PaperjamError('PJ_SHRINK_OUTPUT', {
    path: file,
    problem: 'another file is there, which shrink did not write',
  });
}

/**
 * Keeps a shrunk fixture among the failures that were found before, `one-payment-answer-lost-seed-123.yaml`: by what broke,
 * its first fault and its seed. One that is there already is left as it is, and another of the same name gets a longer one.
 * Throws `PJ_SHRINK_OUTPUT`.
 */
export function saveRegression(folder: string, found: Found): Saved & { readonly isNew: boolean } {
  const { failure, before, shrunk } = found;
  const { faults, steps } = shrunk.fixture;
  const [first] = [...faults, ...steps.flatMap(({ fault }) => fault ?? [])];
  const about = first === undefined ? 'no-fault' : first.fault.slice(first.fault.indexOf('.') + 1);
  const short = join(folder, `${failure.oracle ?? failure.kind}-${about}-seed-${before.seed}`);
  const hash = createHash('sha256')
    .update(bodyOf(textFor(short, found)))
    .digest('hex')
    .slice(0, 8);
  for (const file of [`${short}.yaml`, `${short}-${hash}.yaml`]) {
    const there = textAt(file);
    const text = textFor(file, found);
    if (there !== undefined && bodyOf(there) !== bodyOf(text)) continue;
    if (there === undefined) written(file, text);
    return { file, repeat: repeatOf(file), isNew: there === undefined };
  }
  throw new PaperjamError('PJ_SHRINK_OUTPUT', { path: short, problem: 'another fixture has its name' });
}

/** What its file says: from there, the profile of a device of one's own is found too. */
function textFor(file: string, found: Found): string {
  const { fixture } = found.shrunk;
  const { device } = fixture;
  const here = device.endsWith('.yaml') ? relative(dirname(resolve(file)), resolve(device)) : device;
  const titled = { ...fixture, title: titleOf(found.failure, fixture), device: here };
  return fixtureYaml(titled, [...schemaLine(file), commentOf(found, repeatOf(file))].join('\n'));
}

/** Whether a fixture's head tells where it was found. */
export function isFound(text: string): boolean {
  const [first = '', second = ''] = text.split('\n');
  return (first.startsWith(EDITOR) ? second : first).startsWith(`# ${FOUND_BY} `);
}

const EDITOR = '# yaml-language-server: $schema=';
const SCHEMA = 'src/fixture/fixture.schema.json';

/** Editors complete a fixture by its schema, where that lies above it. */
function schemaLine(file: string): string[] {
  const from = dirname(resolve(file));
  for (let folder = from; ; folder = dirname(folder)) {
    const schema = join(folder, SCHEMA);
    if (existsSync(schema)) return [`${EDITOR}${relative(from, schema)}`.slice(2)];
    if (folder === dirname(folder)) return [];
  }
}

function repeatOf(file: string): string {
  return repeatLine({ id: file, file }, 'virtual');
}

/** Without its head, which tells where it comes from. */
function bodyOf(text: string): string {
  return text.replace(/^(#.*\n)*/, '');
}

function textAt(file: string): string | undefined {
  return wrapped(file, () => (existsSync(file) ? readFileSync(file, 'utf8') : undefined));
}

function written(file: string, text: string): void {
  wrapped(file, () => writeWholeFile(resolve(file), Buffer.from(text)));
}

function wrapped<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw new PaperjamError('PJ_SHRINK_OUTPUT', { path, problem: fileProblem(cause) }, { cause });
  }
}
