/** The state of a printer, as far as its status bytes tell of it. */
export interface Condition {
  readonly coverOpen: boolean;
  readonly paperOut: boolean;
  readonly paperNearEnd: boolean;
  /** A recoverable error: the mechanism met a resistance. It stays until the host sends DLE ENQ 1 or 2. */
  readonly mechanicalError: boolean;
  /** Drawer kick-out connector pin 3. */
  readonly drawerHigh: boolean;
}

export const ALL_CLEAR: Condition = {
  coverOpen: false,
  paperOut: false,
  paperNearEnd: false,
  mechanicalError: false,
  drawerHigh: false,
};

export function isOffline(condition: Condition): boolean {
  return condition.coverOpen || condition.paperOut || condition.mechanicalError;
}

export function sameCondition(a: Condition, b: Condition): boolean {
  return (
    a.coverOpen === b.coverOpen &&
    a.paperOut === b.paperOut &&
    a.paperNearEnd === b.paperNearEnd &&
    a.mechanicalError === b.mechanicalError &&
    a.drawerHigh === b.drawerHigh
  );
}
