import { PaperjamError } from '../../base/errors.js';

/** Where a server is to listen. */
export interface WantedPort {
  /** This one and no other; 0 takes a free one. */
  readonly named: number | undefined;
  /** Without a named one this is tried first; `undefined`: any free one does. */
  readonly usual: number | undefined;
}

/**
 * Serves at the port that was named, else at the usual one, else, if that is in use, at a free one. `taken`: the usual port
 * that was in use.
 */
export async function listenAt<Served>(
  { named, usual }: WantedPort,
  serve: (port: number) => Promise<Served>,
): Promise<{ readonly served: Served; readonly taken?: number }> {
  const port = named ?? usual ?? 0;
  try {
    return { served: await serve(port) };
  } catch (error) {
    const inUse = error instanceof PaperjamError && error.code === 'PJ_PORT_IN_USE';
    if (named !== undefined || !inUse) throw error;
    return { served: await serve(0), taken: port };
  }
}

/** What a person is told when a usual port was in use. */
export function remarkOn(what: string, taken: number | undefined, url: string, why = ''): string[] {
  return taken === undefined ? [] : [`port ${taken} is in use, so ${what} is at ${url}${why}`];
}
