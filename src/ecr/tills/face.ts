import { type Closing, closeAll } from '../../base/close-all.js';
import { PaperjamError } from '../../base/errors.js';
import type { Hooks } from '../../till/hooks.js';
import type { TillFace } from '../../till/wire.js';
import { isLoopback } from '../face/door.js';
import { serveFace } from '../face/serve.js';
import type { OpenedTill, TillParts, TillUrls } from './parts.js';
import { listenAt, remarkOn } from './ports.js';

interface Place {
  readonly which: keyof TillUrls;
  /** In words. */
  readonly what: string;
  /** The port that was named, if one was. */
  readonly port: number | undefined;
  readonly hooks: Hooks | undefined;
  /** The largest body that is taken, if it is not the usual one. */
  readonly bodyBytes?: number;
}

/** Serves a face over HTTP; it is closed with its server. What asks for a token is the face itself, in its own way. */
export async function openFace(
  { shop, config: { host, token }, busy, left, bug, portOf }: TillParts,
  face: TillFace,
  { which, what, port: named, hooks, bodyBytes }: Place,
): Promise<OpenedTill> {
  const closings: readonly Closing[] = [() => face.close(), () => hooks?.close()];
  try {
    wantToken(host, token);
    const { served, taken } = await listenAt(portOf(which, named), (port) =>
      serveFace(face, {
        shop,
        what,
        host,
        port,
        busy,
        left,
        bug,
        ...(bodyBytes === undefined ? {} : { limits: { bodyBytes } }),
      }),
    );
    return {
      urls: { [which]: served.url },
      remarks: remarkOn(what, taken, served.url),
      close: () => closeAll([served.close, ...closings]),
    };
  } catch (error) {
    await closeAll(closings).catch(() => {}); // What has kept it from being served counts.
    throw error;
  }
}

/** Whoever reaches a terminal can sell: other machines only with a token. Throws `PJ_TOKEN_WANTED`. */
export function wantToken(host: string, token: string | undefined): void {
  if (!isLoopback(host) && token === undefined) throw new PaperjamError('PJ_TOKEN_WANTED', { host });
}
