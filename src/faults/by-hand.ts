/** What somebody at the bench does to a real printer, in the place of a fault that can be put into an emulated one. */
export interface Deed {
  readonly begin: { readonly zh: string; readonly en: string };
  readonly end: { readonly zh: string; readonly en: string };
}

/** By fault. */
export const DEEDS = {
  'printer.paper-jam': {
    begin: {
      zh: '请按住出纸口的纸,使其不能移动,并一直按住。',
      en: 'Hold the paper at its outlet, so that it cannot move, and keep holding it.',
    },
    end: { zh: '请松开纸,并取出卡住的纸。', en: 'Let the paper go, and take out what is jammed.' },
  },
  'printer.paper-out': {
    begin: { zh: '请取出纸卷,并合上盖子。', en: 'Take the paper out, and close the cover.' },
    end: { zh: '请重新装纸,并合上盖子。', en: 'Load the paper again, and close the cover.' },
  },
  'printer.paper-near-end': {
    begin: {
      zh: '请装入将用完的纸卷(或按住纸将尽传感器),并合上盖子。',
      en: 'Put in a roll that is nearly used up, or press the lever of the near-end sensor, and close the cover.',
    },
    end: {
      zh: '请换回满的纸卷(或松开传感器),并合上盖子。',
      en: 'Put the full roll in again, or let the lever go, and close the cover.',
    },
  },
  'printer.cover-open': {
    begin: { zh: '请打开打印机盖。', en: 'Open the cover.' },
    end: { zh: '请合上打印机盖。', en: 'Close the cover.' },
  },
  'printer.offline': {
    begin: {
      zh: '请在面板上将打印机设为脱机。(没有此按钮请跳过。)',
      en: 'Take the printer offline at its panel. (Skip this if it has no such button.)',
    },
    end: { zh: '请将打印机恢复联机。', en: 'Take it online again.' },
  },
  'printer.power-off': {
    begin: { zh: '请关闭打印机电源。', en: 'Switch the printer off.' },
    end: { zh: '请重新打开打印机电源。', en: 'Switch the printer on again.' },
  },
  'printer.upside-down-paper': {
    begin: {
      zh: '请将热敏纸反面装入,并合上盖子。',
      en: 'Put the thermal paper in with its other side to the head, and close the cover.',
    },
    end: { zh: '请将纸正面装入,并合上盖子。', en: 'Put the paper in the right way round, and close the cover.' },
  },
  'printer.ribbon-broken': {
    begin: { zh: '请取出色带盒。', en: 'Take the ribbon cartridge out.' },
    end: { zh: '请装回色带盒。', en: 'Put the ribbon cartridge in again.' },
  },
  'link.printer-lost': {
    begin: { zh: '请拔下电脑与打印机之间的线缆。', en: 'Pull the cable between computer and printer out.' },
    end: { zh: '请重新插上线缆。', en: 'Put the cable in again.' },
  },
} as const satisfies Readonly<Record<string, Deed>>;

/** For records that are kept in English. */
export function inEnglish({ begin, end }: Deed): { readonly begin: string; readonly end: string } {
  return { begin: begin.en, end: end.en };
}

const ALL: Readonly<Record<string, Deed>> = DEEDS;

/** `undefined`: no hand can do that, or not safely. */
export function deedFor(fault: string): Deed | undefined {
  return Object.hasOwn(ALL, fault) ? ALL[fault] : undefined;
}
