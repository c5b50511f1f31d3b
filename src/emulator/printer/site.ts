import type { PrinterProfile } from '../../ports/device.js';
import type { PrinterPart, PrinterSite, Undo } from '../../ports/faults.js';
import type { Mechanism } from './mechanism/mechanism.js';

/** What faults do to the printer as a whole. */
export interface SiteOwner {
  power(on: boolean): void;
  mute(on: boolean): void;
  hang(on: boolean): void;
  feedButton(down: boolean): void;
  drawerPin(high: boolean): void;
  wrongCodePage(encoding: string | undefined): void;
  afterLines(lines: number, run: () => void): Undo;
}

/** Where faults take hold of this printer. */
export function printerSite(mechanism: Mechanism, profile: PrinterProfile, owner: SiteOwner): PrinterSite {
  const parts = new Set<PrinterPart>([profile.ribbon === undefined ? 'thermal head' : 'ribbon']);
  if (profile.cutter) parts.add('cutter');
  return {
    parts,
    jam: (on) => mechanism.jam(on),
    paperOut: (on, at) => mechanism.paperOut(on, at),
    paperNearEnd: (on) => mechanism.roll.nearEnd(on),
    loadPaper: (leftMm) => mechanism.roll.load(leftMm),
    coverOpen: (on) => mechanism.coverOpen(on),
    cutterJam: (on) => mechanism.cutterJam(on),
    overheat: (on) => mechanism.heat(on),
    unrecoverable(on) {
      if (on || !mechanism.condition.unrecoverable) return mechanism.sense({ unrecoverable: on });
      owner.power(false);
      owner.power(true);
    },
    offline: (on) => mechanism.sense({ offline: on }),
    feedButton: (on) => owner.feedButton(on),
    drawerOpen: (on) => owner.drawerPin(on),
    power: (on) => owner.power(on),
    mute: (on) => owner.mute(on),
    hang: (on) => owner.hang(on),
    slow: (factor) => mechanism.pace.slow(factor),
    deadDots: (columns) => mechanism.ink.deadDots(columns),
    fade: (share) => mechanism.ink.fade(share),
    upsideDownPaper: (on) => mechanism.ink.blank('upside-down paper', on),
    ribbonBroken(on) {
      mechanism.ink.blank('ribbon', on);
      if (profile.ribbon?.sensor === true) mechanism.ribbonSensor(on);
    },
    wrongCodePage: (encoding) => owner.wrongCodePage(encoding),
    afterLines: (lines, run) => owner.afterLines(lines, run),
  };
}
