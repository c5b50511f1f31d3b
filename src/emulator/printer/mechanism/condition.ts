/** The state of a printer, as far as its status bytes tell of it. */
export interface Condition {
  readonly coverOpen: boolean;
  readonly paperOut: boolean;
  readonly paperNearEnd: boolean;
  /** Near end, which the host wants to stop at (`ESC c 4`). */
  readonly nearEndStops: boolean;
  /** A recoverable error: the mechanism met a resistance. It stays until the host sends DLE ENQ 1 or 2. */
  readonly mechanicalError: boolean;
  /** The blade stands in the paper's way. Recoverable as well. */
  readonly cutterError: boolean;
  /** Broken: no command gets it out of that. */
  readonly unrecoverable: boolean;
  /** The head is too hot to print, and cools by itself. */
  readonly overheated: boolean;
  /** Taken offline at its panel. */
  readonly offline: boolean;
  /** The feed button is held down, and the paper moves. */
  readonly feeding: boolean;
  /** Drawer kick-out connector pin 3. */
  readonly drawerHigh: boolean;
}

export const ALL_CLEAR: Condition = {
  coverOpen: false,
  paperOut: false,
  paperNearEnd: false,
  nearEndStops: false,
  mechanicalError: false,
  cutterError: false,
  unrecoverable: false,
  overheated: false,
  offline: false,
  feeding: false,
  drawerHigh: false,
};

/** It prints nothing now; near end and the drawer do not stop it. */
export function isOffline(condition: Condition): boolean {
  return condition.feeding || isStopped(condition);
}

/** The paper cannot move at all, not even by the feed button. */
export function isStopped(condition: Condition): boolean {
  return (
    condition.coverOpen || condition.paperOut || condition.nearEndStops || condition.offline || hasError(condition)
  );
}

/** The errors that DLE EOT 2 bit 6 sums up. */
export function hasError(condition: Condition): boolean {
  return condition.mechanicalError || condition.cutterError || condition.unrecoverable || condition.overheated;
}

/** It waits for DLE ENQ 1 or 2. */
export function isRecoverable(condition: Condition): boolean {
  return condition.mechanicalError || condition.cutterError;
}

export function sameCondition(a: Condition, b: Condition): boolean {
  return (Object.keys(ALL_CLEAR) as (keyof Condition)[]).every((name) => a[name] === b[name]); // All keys of ALL_CLEAR.
}
