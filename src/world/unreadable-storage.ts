import { PaperjamError } from '../base/errors.js';
import type { RottingStorage } from '../ports/storage.js';

/** Stands in for a storage that could not be opened at a boot: who reads it learns why. */
export function unreadableStorage(error: PaperjamError): RottingStorage {
  return {
    address: 'storage that cannot be opened',
    read() {
      throw error;
    },
    append() {},
    sync() {},
    truncate() {},
    close() {},
    rot: () => false,
  };
}

/** What was stored, for the next boot. That it cannot be opened any more is for that boot to say. */
export function openAgain(open: () => RottingStorage): RottingStorage {
  try {
    return open();
  } catch (error) {
    if (error instanceof PaperjamError) return unreadableStorage(error);
    throw error;
  }
}
