import { PaperjamError } from '../../base/errors.js';

/** The parameters of a notice as they came in, with `sign` and `sign_type`. */
export type NoticeForm = Readonly<Record<string, string>>;

/** Where notices come from whose signature holds. `taken` is to be called when one is durable. */
export interface NoticeSource {
  /** A listener takes the place of the one before. */
  watch(listener: (form: NoticeForm, taken: () => void) => void): void;
}

/** Lets notices in: only those that the platform has signed, for this app. */
export class NoticeDoor implements NoticeSource {
  readonly #isSigned: (form: NoticeForm) => boolean;
  readonly #appId: string | undefined;
  #listener: (form: NoticeForm, taken: () => void) => void = () => {};

  /** Without an `appId` a notice may be for any app. */
  constructor(isSigned: (form: NoticeForm) => boolean, appId?: string) {
    this.#isSigned = isSigned;
    this.#appId = appId;
  }

  watch(listener: (form: NoticeForm, taken: () => void) => void): void {
    this.#listener = listener;
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
    this.#listener(form, taken);
  }
}
