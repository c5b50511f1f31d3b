import { readFileSync } from 'node:fs';
import { renderPage } from '../../report/page.js';
import type { RunRecord } from '../record.js';
import { countsOf, deviceName, measurementsOf } from '../words.js';
import { Filter } from './filter.js';
import { Facts, Masthead } from './masthead.js';
import { Phase } from './phase.js';
import { PhaseTable } from './phase-table.js';

let css: string | undefined;

/**
 * The run as a page that opens without a network. Pictures among the attachments are in it; `bytes` holds them by their
 * file, and those it lacks are only named.
 */
export function reportHtml(record: RunRecord, bytes: ReadonlyMap<string, Uint8Array>): string {
  css ??= readFileSync(new URL('./station.css', import.meta.url), 'utf8');
  return renderPage({
    title: `${record.outcome}: ${deviceName(record)}, ${record.runId}`,
    css,
    body: (
      <main>
        <Masthead record={record} />
        <Facts record={record} />
        <PhaseTable record={record} />
        <Filter counts={countsOf(measurementsOf(record))} />
        {record.phases.map((phase) => (
          <Phase record={record} phase={phase} bytes={bytes} />
        ))}
        <footer>
          paperjam {record.station.version}. The same as data: <a href="./record.json">record.json</a>,{' '}
          <a href="./junit.xml">junit.xml</a>
        </footer>
      </main>
    ),
  });
}
