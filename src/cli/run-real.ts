import { ALIPAY_NOTICES } from '../ecr/api/notices.js';
import { serveApi } from '../ecr/api/server.js';
import type { RealWorld } from '../world/real.js';

export { runReal } from '../fixture/run-real.js';

/** Notices come in at the control API, as they do at a terminal in a shop. */
export async function openDoor(real: RealWorld): Promise<void> {
  const api = await serveApi(real.world);
  real.onClose(api.close);
  real.noticesAt(`${api.url}${ALIPAY_NOTICES}`);
}
