import type { NoteDelivery } from './connection.js';
import type { Shop } from './shop.js';

/** The journal of each terminal knows whether its answers got through. */
export function noteIn(shop: Shop): NoteDelivery {
  return (fact, face, world, saleId) => {
    const counter = shop.counter(world.merchant.terminalId);
    if (fact === 'delivered') counter?.delivered(face, saleId);
    else counter?.lost(face, saleId);
  };
}
