import fs from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { PaperjamError } from '../base/errors.js';
import { replayLedger } from '../emulator/platform/ledger-file.js';
import { LedgerState } from '../emulator/platform/ledger-state.js';
import { Paper } from '../emulator/printer/paper/paper.js';
import type { PaperPiece } from '../emulator/printer/paper/piece.js';
import { fileProblem } from '../ground/file-problem.js';
import { frozenStorage } from '../ground/frozen-storage.js';
import { readExchanges } from './exchange-file.js';
import { readJobRecordings } from './job-line-files.js';
import { isAbout, type SaleMaterial } from './material.js';
import { readSettings } from './settings.js';

/** The folder of one of several terminals that share the data folder `home`. */
export function terminalFolder(home: string, terminalId: string): string {
  return join(home, SEVERAL, terminalId);
}

const SEVERAL = 'terminals';

/** Where everything lies in a data folder. A folder of one of several terminals has the platform of the folder that it lies in. */
export function placesIn(data: string) {
  const above = dirname(resolve(data));
  const home = basename(above) === SEVERAL ? dirname(above) : data;
  return {
    journal: join(data, 'terminal', 'journal.jsonl'),
    key: join(data, 'terminal', 'key.pem'),
    settings: join(data, 'terminal', 'settings.json'),
    ledger: join(home, 'platform', 'ledger.jsonl'),
    exchanges: join(home, 'platform', 'exchanges.jsonl'),
    paper: join(data, 'printer', 'paper.jsonl'),
    line: join(data, 'printer', 'line'),
  };
}

/** Reads what is kept about a sale, without holding anything: the terminal may be at work. Throws `PJ_STORAGE_OPEN`. */
export function materialIn(data: string, saleId: string): SaleMaterial {
  const places = placesIn(data);
  const { settings, paper, emulatedPlatform, emulatedPrinter } = readSettings(places.settings);
  const content = readJournalFile(data);
  const ledger = emulatedPlatform ? readIfThere(places.ledger) : undefined;
  const pieces = emulatedPrinter ? readIfThere(places.paper) : undefined;
  return {
    journal: { content, address: places.journal },
    ...(ledger === undefined ? {} : { platform: platformIn(places, ledger, saleId) }),
    line: readJobRecordings(places.line, saleId),
    ...(pieces === undefined ? {} : { paper: piecesOf(places.paper, pieces, paper, saleId) }),
    settings,
  };
}

/** A terminal's journal as it stands now. Throws `PJ_STORAGE_OPEN`. */
export function readJournalFile(data: string): Uint8Array {
  const { journal: path } = placesIn(data);
  try {
    return fs.readFileSync(path);
  } catch (cause) {
    const advice = 'Start a terminal first, or say where its data is (--data DIR).';
    throw new PaperjamError('PJ_STORAGE_OPEN', { path, problem: fileProblem(cause), advice }, { cause });
  }
}

function platformIn({ exchanges, ledger }: ReturnType<typeof placesIn>, books: Uint8Array, saleId: string) {
  const { entries, damaged } = readExchanges(exchanges);
  const trade = tradeIn(ledger, books, saleId);
  return { exchanges: entries.filter((entry) => isAbout(entry, saleId)), trade, damaged };
}

function tradeIn(address: string, content: Uint8Array, saleId: string) {
  const state = new LedgerState();
  replayLedger(frozenStorage(address, content), (record) => state.apply(record));
  return state.trade(saleId);
}

function piecesOf(
  address: string,
  content: Uint8Array,
  paper: { readonly widthDots: number; readonly dpi: number },
  saleId: string,
): PaperPiece[] {
  const { pieces } = new Paper({ ...paper, storage: frozenStorage(address, content) });
  return pieces.filter((piece) => piece.lines.some((line) => line.includes(saleId)));
}

function readIfThere(path: string): Uint8Array | undefined {
  try {
    return fs.readFileSync(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    const advice = 'Give this user the right to read it.';
    throw new PaperjamError('PJ_STORAGE_OPEN', { path, problem: fileProblem(cause), advice }, { cause });
  }
}
