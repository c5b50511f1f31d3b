import { join, resolve } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import type { PictureOf } from '../fixture/report/failure-text.js';
import { reportHtml } from '../fixture/report/html.js';
import { junitXml } from '../fixture/report/junit.js';
import { runReport } from '../fixture/report/record.js';
import type { Suite } from '../fixture/report/suite.js';
import type { FixtureRun } from '../fixture/result.js';
import { fileProblem } from '../ground/file-problem.js';
import { probeFile } from '../ground/probe-file.js';
import { writeWholeFile } from '../ground/whole-file.js';

/** Where a suite is written. */
export interface RunFiles {
  readonly junit?: string;
  readonly json?: string;
  readonly html?: string;
  /** A folder for pictures of the paper of what did not pass. */
  readonly keep?: string;
}

/** Before the runs, so that they are not made in vain. Throws `PJ_RUN_OUTPUT`. */
export function checkRunFiles(files: RunFiles): void {
  const { junit, json, html, keep } = files;
  for (const [option, path] of Object.entries({ junit, json, html, keep })) {
    if (path === undefined) continue;
    wrapped(path, option, () => probeFile(option === 'keep' ? join(path, 'paper.png') : path));
  }
}

/** Writes what was asked for, and gives a line for each file. Throws `PJ_RUN_OUTPUT`. */
export function writeRunFiles(suite: Suite, { junit, json, html }: RunFiles): string[] {
  const lines: string[] = [];
  const put = (option: keyof RunFiles, path: string | undefined, content: () => string) => {
    if (path === undefined) return;
    wrapped(path, option, () => writeWholeFile(resolve(path), Buffer.from(content())));
    lines.push(`${option.padEnd(6)} ${path}`);
  };
  put('html', html, () => reportHtml(suite));
  put('junit', junit, () => junitXml(suite));
  put('json', json, () => `${JSON.stringify(runReport(suite), null, 2)}\n`);
  return lines;
}

/** So many pictures are kept at most: each is drawn dot for dot. */
const MOST_PICTURES = 200;

/** Keeps the paper of what did not pass as pictures, and tells where each is. Throws `PJ_RUN_OUTPUT`. */
export function keepPictures(suite: Suite, { keep, html }: RunFiles): (run: FixtureRun) => PictureOf {
  const kept = new Map<FixtureRun, readonly string[]>();
  let left = MOST_PICTURES;
  suite.runs.forEach((run, i) => {
    const troubled = run.outcome === 'failed' || run.outcome === 'broken';
    if (keep === undefined || !troubled || left < run.papers.length) return;
    left -= run.papers.length;
    const stem = `${i + 1}-${run.id.replaceAll(/[^\w=.-]+/g, '_').slice(-80)}`;
    const paths = run.papers.map((paper, n) => {
      const path = join(keep, `${stem}-seed${run.seed}-${n + 1}.png`);
      wrapped(path, 'keep', () => writeWholeFile(resolve(path), paper.png()));
      return path;
    });
    kept.set(run, paths);
  });
  const places = new Map(suite.runs.map((run, i) => [run, `${html}#run-${i + 1}`]));
  return (run) => (paper) => kept.get(run)?.[paper] ?? (html === undefined ? undefined : places.get(run));
}

function wrapped(path: string, option: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    throw new PaperjamError('PJ_RUN_OUTPUT', { path, problem: fileProblem(cause), option: `--${option}` }, { cause });
  }
}
