import type { Align } from '../../../ports/ticket.js';

/** Everything that setting commands change in standard mode, and `ESC @` puts back. */
export interface Layout {
  /** The look of half-width and of full-width characters; see `paper/style.ts`. Effects are kept alike by the commands. */
  halfStyle: number;
  fullStyle: number;
  /** `ESC SP`. */
  spacingDots: number;
  /** `FS S`. */
  fullLeftDots: number;
  fullRightDots: number;
  lineSpacingDots: number;
  align: Align;
  upsideDown: boolean;
  marginDots: number;
  areaDots: number;
  /** Motion units in an inch (`GS P`). */
  unitX: number;
  unitY: number;
  /** Dots from the left margin, rising. */
  tabs: readonly number[];
  /** Kanji (Hanzi) character mode: `FS &`. */
  kanji: boolean;
  /** How thick `FS !` and `ESC !` draw an underline, as `FS -` and `ESC -` last said. */
  underlineDots: 1 | 2;
  fullUnderlineDots: 1 | 2;
}

export interface LayoutDefaults {
  readonly printableDots: number;
  readonly cjk: boolean;
  readonly cjkAtPowerOn: boolean;
  readonly motionUnits: { readonly x: number; readonly y: number };
}

/** 30 dots: 3.75 mm at 203 dpi, 1/6 inch at 180 dpi. */
export const DEFAULT_LINE_SPACING_DOTS = 30;

/** Every eight columns of Font A. */
export function defaultTabs(printableDots: number): readonly number[] {
  const tabs: number[] = [];
  for (let at = 96; at < printableDots; at += 96) tabs.push(at);
  return tabs;
}

export function newLayout(defaults: LayoutDefaults): Layout {
  return {
    halfStyle: 0,
    fullStyle: 0,
    spacingDots: 0,
    fullLeftDots: 0,
    fullRightDots: 0,
    lineSpacingDots: DEFAULT_LINE_SPACING_DOTS,
    align: 'left',
    upsideDown: false,
    marginDots: 0,
    areaDots: defaults.printableDots,
    unitX: defaults.motionUnits.x,
    unitY: defaults.motionUnits.y,
    tabs: defaultTabs(defaults.printableDots),
    kanji: defaults.cjk && defaults.cjkAtPowerOn,
    underlineDots: 1,
    fullUnderlineDots: 1,
  };
}
