import { PaperjamError } from './errors.js';

/** Why a server could not listen: `PJ_PORT_IN_USE`, else `PJ_LISTEN` with the system's reason. */
export function listenError(cause: unknown, what: string, host: string, port: number): PaperjamError {
  const inUse = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
  if (inUse) return new PaperjamError('PJ_PORT_IN_USE', { what, host, port }, { cause });
  const problem = cause instanceof Error ? cause.message : String(cause);
  return new PaperjamError('PJ_LISTEN', { what, address: `${host}:${port}`, problem }, { cause });
}
