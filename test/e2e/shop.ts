/** A data folder and what lies in it afterwards: journal, books of the platform, paper. Read as anybody can read files. */
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { ledgerRecord } from '../../src/emulator/platform/ledger-record.js';
import { LedgerState, type Trade } from '../../src/emulator/platform/ledger-state.js';
import { Paper } from '../../src/emulator/printer/paper/paper.js';
import type { PaperPiece } from '../../src/emulator/printer/paper/piece.js';
import { Flash } from '../../src/ground/flash.js';
import { VirtualClock } from '../../src/ground/virtual-clock.js';
import { readJournal } from '../../src/terminal/journal/chain.js';
import type { JournalRecord } from '../../src/terminal/journal/record.js';
import { type Ended, killStrays, Program, type ProgramOptions } from './program.js';
import { until } from './until.js';

export type RecordOf<Kind extends JournalRecord['kind']> = Extract<JournalRecord, { kind: Kind }>;

const QUICK_PRINTER = fileURLToPath(new URL('quick-printer.yaml', import.meta.url));

/**
 * A new shop; it is gone after the test, with every program that still runs. To be quick, it has a printer that is as
 * fast as none is, and the platform's test keys are there already.
 */
export function openShop(config?: object): Shop {
  const shop = emptyShop();
  keys ??= { merchant: makeKey(), platform: makeKey() };
  fs.mkdirSync(shop.file('platform', 'keys'), { recursive: true });
  for (const [owner, key] of Object.entries(keys)) {
    fs.writeFileSync(shop.file('platform', 'keys', `${owner}-private.pem`), key);
  }
  shop.configure({ device: QUICK_PRINTER, tills: { faces: ['api'] }, ...config });
  return shop;
}

/** A new shop as a newcomer has it: nothing is in its data folder. */
export function emptyShop(): Shop {
  const shop = new Shop();
  // Asked for in the test itself: a hook of this module would belong only to the first file that a worker loads.
  onTestFinished(async () => {
    await killStrays();
    fs.rmSync(shop.data, { recursive: true, force: true });
  });
  return shop;
}

/** Made once for all shops. */
let keys: { merchant: string; platform: string } | undefined;

function makeKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export class Shop {
  readonly data = fs.mkdtempSync(join(tmpdir(), 'paperjam-e2e-'));
  readonly journalFile = join(this.data, 'terminal', 'journal.jsonl');

  /** Writes the data folder's config.yaml. */
  configure(config: object): void {
    fs.writeFileSync(join(this.data, 'config.yaml'), stringify(config));
  }

  /** `paperjam start` on a free port, without the first sale. */
  start(args: readonly string[] = [], options: ProgramOptions = {}): Program {
    return new Program(['start', '--data', this.data, '--port', '0', '--no-first-sale', ...args], options);
  }

  /** Runs a command to its end. */
  run(command: string, ...args: string[]): Promise<Ended> {
    return new Program([command, '--data', this.data, ...args]).ended;
  }

  /** The same from a shell line in which `"$@"` stands for the program. */
  runIn(shell: string, command: string, ...args: string[]): Promise<Ended> {
    return new Program([command, '--data', this.data, ...args], { shell }).ended;
  }

  file(...names: string[]): string {
    return join(this.data, ...names);
  }

  /** What the journal holds; its chain is checked by reading it. A record under way is left out. */
  journal(): JournalRecord[] {
    return readJournal(fs.existsSync(this.journalFile) ? fs.readFileSync(this.journalFile) : Buffer.of(), 'the journal')
      .records;
  }

  /** The records of a kind, for a sale if one is named. */
  records<Kind extends JournalRecord['kind']>(kind: Kind, saleId?: string): RecordOf<Kind>[] {
    return this.journal().filter(
      (record): record is RecordOf<Kind> =>
        record.kind === kind && (saleId === undefined || (record.kind !== 'boot' && record.saleId === saleId)),
    );
  }

  /** The first record of a kind, as soon as it stands in the journal's file. */
  record<Kind extends JournalRecord['kind']>(kind: Kind): Promise<RecordOf<Kind>> {
    return until(
      () => this.records(kind)[0],
      () => `a record ${kind}; the journal has ${this.journal().map((record) => record.kind)}`,
    );
  }

  /** The trades in the books of the emulated platform. */
  trades(): Trade[] {
    const state = new LedgerState();
    for (const line of wholeLines(this.file('platform', 'ledger.jsonl'))) {
      state.apply(ledgerRecord.parse(JSON.parse(line)));
    }
    return [...state.trades()];
  }

  /** The money that the platform has taken and kept: order number and fen. */
  payments(): [orderNo: string, fen: number][] {
    return this.trades()
      .map(({ orderNo, paidFen, refundedFen }): [string, number] => [orderNo, paidFen - refundedFen])
      .filter(([, fen]) => fen > 0);
  }

  /** The pieces of paper that carry a sale's order number, or all of them. */
  pieces(saleId = ''): PaperPiece[] {
    const file = this.file('printer', 'paper.jsonl');
    const content = fs.existsSync(file) ? fs.readFileSync(file) : Buffer.of();
    const { pieces } = new Paper({ widthDots: 576, dpi: 203, storage: new Flash(new VirtualClock(), { content }) });
    return pieces.filter((piece) => piece.lines.some((line) => line.includes(saleId)));
  }

  /** The same in words: `partial original`, `complete copy`. */
  papers(saleId: string): string[] {
    return this.pieces(saleId).map(describePiece);
  }
}

/** What anybody sees who looks at a piece of paper: original or marked copy, and whether it came to its end. */
export function describePiece({ lines }: PaperPiece): string {
  const copy = lines.some((line) => line.includes('补打'));
  const complete = lines.some((line) => line.includes('谢谢惠顾'));
  return `${complete ? 'complete' : 'partial'} ${copy ? 'copy' : 'original'}`;
}

/** The lines of a file that are written to their end. */
function wholeLines(file: string): string[] {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
}
