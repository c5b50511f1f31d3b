import { createHash } from 'node:crypto';
import { join, posix, resolve } from 'node:path';
import { PaperjamError } from '../../base/errors.js';
import { fileProblem } from '../../ground/file-problem.js';
import { writeWholeFile } from '../../ground/whole-file.js';
import { type Attachment, RUN_RECORD, type RunRecord } from '../record.js';
import { reportHtml } from './html.js';
import { junitXml } from './junit.js';

/** Where the files of a run are. */
export interface RunFiles {
  readonly record: string;
  readonly junit: string;
  readonly html: string;
  /** In the order of the record. */
  readonly attachments: readonly string[];
}

const OWN = { record: 'record.json', junit: 'junit.xml', html: 'report.html' } as const;

/**
 * Writes a run into a folder: attachments, `report.html`, `junit.xml`, and last `record.json`, so that a record which is
 * there is complete. Each file appears whole or not at all, in place of an older one of its name. `attachments` holds the
 * bytes by `file` of the record's attachments.
 *
 * Throws `PJ_STATION_RECORD` for a record that its own schema does not allow, or that does not agree with its
 * attachments, before anything is written; `PJ_STATION_OUTPUT` for a path that cannot be written.
 */
export function writeRun(dir: string, record: RunRecord, attachments: ReadonlyMap<string, Uint8Array>): RunFiles {
  const folder = resolve(dir);
  const checked = checkedRecord(record);
  const files = attachmentsOf(checked, attachments);
  const paths = files.map(({ file, bytes }) => put(folder, file, bytes));
  const html = put(folder, OWN.html, Buffer.from(reportHtml(checked, attachments)));
  const junit = put(folder, OWN.junit, Buffer.from(junitXml(checked)));
  const json = put(folder, OWN.record, Buffer.from(`${JSON.stringify(checked, null, 2)}\n`));
  return { record: json, junit, html, attachments: paths };
}

function checkedRecord(record: RunRecord): RunRecord {
  const { success, data, error } = RUN_RECORD.safeParse(record);
  if (success) return data;
  const [issue] = error.issues;
  throw refused(issue?.path.join('.') || 'its top', issue?.message ?? 'it does not fit its schema');
}

function attachmentsOf(
  record: RunRecord,
  bytes: ReadonlyMap<string, Uint8Array>,
): { file: string; bytes: Uint8Array }[] {
  const seen = new Map<string, Attachment>();
  record.phases.forEach((phase, p) => {
    phase.attachments.forEach((attachment, a) => {
      const at = `phases.${p}.attachments.${a}.file`;
      const { file } = attachment;
      if (!staysBelow(file)) {
        throw refused(at, `${JSON.stringify(file)} is no path below the record's folder, with / between names`);
      }
      if (Object.values<string>(OWN).includes(file)) throw refused(at, `${file} is written by the station itself`);
      const content = bytes.get(file);
      if (content === undefined) throw refused(at, `there are no bytes for ${file}`);
      if (
        content.length !== attachment.bytes ||
        createHash('sha256').update(content).digest('hex') !== attachment.sha256
      ) {
        throw refused(at, `the bytes of ${file} are not those that its length and sha256 say`);
      }
      seen.set(file, attachment);
    });
  });
  return [...seen.keys()].map((file) => ({ file, bytes: bytes.get(file) ?? new Uint8Array() }));
}

/** A name like `paper/1.png`: not absolute, not upwards, and the same on every system. */
function staysBelow(file: string): boolean {
  const parts = file.split('/');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  const usual = (part: string) => part !== '' && part !== '.' && part !== '..' && !/[\x00-\x1f\\:]/.test(part);
  return posix.normalize(file) === file && parts.every(usual);
}

function refused(path: string, problem: string): PaperjamError {
  return new PaperjamError('PJ_STATION_RECORD', { path, problem });
}

function put(folder: string, file: string, content: Uint8Array): string {
  const path = join(folder, file);
  try {
    writeWholeFile(path, content);
    return path;
  } catch (cause) {
    throw new PaperjamError('PJ_STATION_OUTPUT', { path, problem: fileProblem(cause) }, { cause });
  }
}
