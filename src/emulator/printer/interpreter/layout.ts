import type { PrinterProfile } from '../../../ports/device.js';
import type { Align } from '../../../ports/ticket.js';
import type { WideCodeName } from './wide-code.js';

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
  /** The height of a page in page mode. */
  pageDots: number;
  /** Motion units in an inch (`GS P`). */
  unitX: number;
  unitY: number;
  /** Dots from the left margin, rising. */
  tabs: readonly number[];
  /** Kanji (Hanzi) character mode: `FS &`. */
  kanji: boolean;
  /** How full-width characters are coded: `FS C`, `ESC 9`. */
  code: WideCodeName;
  /** `FS ( C` <Function 48>: text is UTF-8. */
  utf8: boolean;
  /** `FS ( C` <Function 60>: the font that comes first; 0 is the half-width one. */
  fontPriority: number;
  /** `ESC %`. */
  userCharacters: boolean;
  /** How thick `FS !` and `ESC !` draw an underline, as `FS -` and `ESC -` last said. */
  underlineDots: 1 | 2;
  fullUnderlineDots: 1 | 2;
}

/** What a model begins with; one without full-width characters never asks. */
const WIDE_CODE_AT_FIRST: Readonly<Record<PrinterProfile['cjk'], WideCodeName>> = {
  gb18030: 'gb18030',
  big5: 'big5',
  shift_jis: 'jis',
  'euc-kr': 'euc-kr',
  none: 'gb18030',
};

export interface LayoutDefaults {
  readonly printableDots: number;
  readonly cjk: PrinterProfile['cjk'];
  readonly cjkAtPowerOn: boolean;
  readonly pageDots: number;
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
    pageDots: defaults.pageDots,
    unitX: defaults.motionUnits.x,
    unitY: defaults.motionUnits.y,
    tabs: defaultTabs(defaults.printableDots),
    kanji: defaults.cjk !== 'none' && defaults.cjkAtPowerOn,
    code: WIDE_CODE_AT_FIRST[defaults.cjk],
    utf8: false,
    fontPriority: 0,
    userCharacters: false,
    underlineDots: 1,
    fullUnderlineDots: 1,
  };
}

/** What page mode keeps apart from standard mode: `ESC SP`, `FS S`, `ESC 2`, `ESC 3`. */
export type Spacing = Pick<Layout, 'spacingDots' | 'fullLeftDots' | 'fullRightDots' | 'lineSpacingDots'>;

export function newSpacing(): Spacing {
  return { spacingDots: 0, fullLeftDots: 0, fullRightDots: 0, lineSpacingDots: DEFAULT_LINE_SPACING_DOTS };
}

export function spacingOf({ spacingDots, fullLeftDots, fullRightDots, lineSpacingDots }: Spacing): Spacing {
  return { spacingDots, fullLeftDots, fullRightDots, lineSpacingDots };
}
