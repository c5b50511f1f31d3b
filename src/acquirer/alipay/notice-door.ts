import { PaperjamError } from '../../base/errors.js';

/** The parameters of a notice as they came in, with `sign` and `sign_type`. */
export type NoticeForm = Readonly<Record<string, string>>;

type NoticeListener = (form: NoticeForm, taken: () => void) => void;

/** Where notices come from whose signature holds. `taken` is to be called when one is durable. */
export interface NoticeSource {
  /** A listener takes the place of the one before. */
  watch(listener: NoticeListener): void;
}

interface Part {
  readonly isMine: (orderNo: string) => boolean;
  listener: NoticeListener;
}

/** Lets notices in: only those that the platform has signed, for this app. */
export class NoticeDoor implements NoticeSource {
  readonly #isSigned: (form: NoticeForm) => boolean;
  readonly #appId: string | undefined;
  #listener: NoticeListener = () => {};
  /** Of several terminals behind one door, each with the orders that are its own. */
  readonly #parts: Part[] = [];

  /** Without an `appId` a notice may be for any app. */
  constructor(isSigned: (form: NoticeForm) => boolean, appId?: string) {
    this.#isSigned = isSigned;
    this.#appId = appId;
  }

  watch(listener: NoticeListener): void {
    this.#listener = listener;
  }

  /** What comes in here about the orders of one of several terminals; whoever watches the door itself no longer hears of them. */
  only(isMine: (orderNo: string) => boolean): NoticeSource {
    const part: Part = { isMine, listener: () => {} };
    this.#parts.push(part);
    return {
      watch(listener) {
        part.listener = listener;
      },
    };
  }

  /**
   * `taken` is called once the notice is durable, and never when nobody vouches for it: then the platform repeats it.
   * Throws `PJ_NOTICE` for one that is not the platform's, or is another app's.
   */
  receive(form: NoticeForm, taken: () => void): void {
    if ((form.sign ?? '') === '') throw new PaperjamError('PJ_NOTICE', { problem: 'it is not signed' });
    if (!this.#isSigned(form)) throw new PaperjamError('PJ_NOTICE', { problem: 'its signature does not match' });
    if (this.#appId !== undefined && form.app_id !== this.#appId) {
      throw new PaperjamError('PJ_NOTICE', { problem: `it is for the app ${JSON.stringify(form.app_id)}` });
    }
    const part = this.#parts.find(({ isMine }) => isMine(form.out_trade_no ?? ''));
    (part?.listener ?? this.#listener)(form, taken);
  }
}
