import type { NoticeDoor } from '../acquirer/alipay/notice-door.js';
import { PaperjamError } from '../base/errors.js';
import type { NoticeCourier } from '../emulator/platform/notices.js';
import type { Clock } from '../ports/clock.js';

/** Brings notices over the same network as requests and answers. Nothing is signed: the word for it stands in the form. */
export function memoryCourier(clock: Clock, networkMs: number, door: NoticeDoor): NoticeCourier {
  return {
    carry(_url, fields, badSignature, done) {
      const form = { ...fields, sign: badSignature ? 'bad' : 'good' };
      clock.setTimeout(() => {
        try {
          door.receive(form, () => clock.setTimeout(() => done('success'), networkMs));
        } catch (error) {
          if (!(error instanceof PaperjamError)) throw error;
          clock.setTimeout(() => done(error.message), networkMs);
        }
      }, networkMs);
    },
  };
}
