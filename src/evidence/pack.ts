import type { KeyObject } from 'node:crypto';
import { toPng } from '../emulator/printer/paper/png.js';
import { rasterise } from '../emulator/printer/paper/raster.js';
import { pieceText } from '../emulator/printer/paper/text.js';
import { fingerprintOf } from '../ground/terminal-key.js';
import type { GlyphSource } from '../ports/glyphs.js';
import { pageFrom, type SalePage } from '../terminal/book.js';
import { readJournal } from '../terminal/journal/chain.js';
import { type Verdict, verdictOf } from '../terminal/verdict/verdict.js';
import { masked } from '../world/masking.js';
import type { SaleMaterial } from '../world/material.js';
import { VERSION } from '../world/version.js';
import { packZip } from './archive.js';
import { extractOf } from './journal-extract.js';
import { listingOf } from './line-listing.js';
import { json, MANIFEST, manifestOf, SIGNATURE, sha256, signManifest } from './manifest.js';
import { platformView } from './platform-words.js';
import { summaryHtml } from './summary.js';

export interface PackOptions {
  readonly saleId: string;
  readonly material: SaleMaterial;
  /** The terminal's Ed25519 key. */
  readonly key: KeyObject;
  /** Draws the characters in the pictures of the paper. */
  readonly glyphs: GlyphSource;
  /** Default `false`: payment codes in the journal's records are masked. */
  readonly withCodes?: boolean;
}

export interface PackedEvidence {
  readonly zip: Uint8Array;
  /** SHA-256 of the manifest, which stands for everything: to be noted elsewhere. */
  readonly digest: string;
  readonly fingerprint: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly verdict: Verdict;
}

/**
 * All that is known of a sale, in one file that proves itself: what the terminal wrote, what the platform said, what went
 * over the printer's line, and what came out on paper. The same material always gives the same bytes. Throws
 * `PJ_JOURNAL_CHANGED`.
 */
export function packEvidence({ saleId, material, key, glyphs, withCodes = false }: PackOptions): PackedEvidence {
  const { journal, platform, line, paper = [], settings } = material;
  const extract = extractOf({ ...journal, saleId, withCodes });
  const verdict = verdictOf(pageOf(material, saleId));
  const pictures = paper.map((piece) => ({ png: toPng(rasterise(piece, glyphs)), text: pieceText(piece) }));
  const files = new Map<string, Uint8Array>();
  const text = (name: string, words: string) => files.set(name, Buffer.from(words));
  const summary = { verdict, material, pictures: pictures.map(({ png }) => png) };
  text('summary.zh.html', summaryHtml(summary, 'zh'));
  text('summary.en.html', summaryHtml(summary, 'en'));
  files.set('verdict.json', json(verdict));
  text('journal.jsonl', `${extract.lines.join('\n')}\n`);
  if (platform !== undefined) files.set('platform-log.json', json(masked(platformView(platform))));
  for (const { name, bytes } of line) {
    files.set(`line/${name}.pjr`, bytes);
    text(`line/${name}.txt`, listingOf(name, bytes));
  }
  for (const [index, { png, text: words }] of pictures.entries()) {
    files.set(`paper/${index + 1}.png`, png);
    text(`paper/${index + 1}.txt`, words);
  }
  files.set('configuration.json', json(settings));
  text('SHA256SUMS', [...files].map(([name, content]) => `${sha256(content)}  ${name}\n`).join(''));
  const fingerprint = fingerprintOf(key);
  const about = { saleId, paperjam: VERSION, key: fingerprint, journal: extract.head };
  const manifest = manifestOf(about, files);
  const all = new Map([[MANIFEST, manifest], [SIGNATURE, signManifest(manifest, key)], ...files]);
  return {
    zip: packZip(all),
    digest: sha256(manifest),
    fingerprint,
    files: [...all].map(([name, content]) => ({ name, bytes: content.length })),
    verdict,
  };
}

function pageOf({ journal }: SaleMaterial, saleId: string): SalePage {
  const page = pageFrom(readJournal(journal.content, journal.address).records, saleId);
  if (page === undefined) throw new Error(`${saleId} is not in the journal`);
  return page;
}
