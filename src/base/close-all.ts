export type Closing = () => Promise<void> | void;

/**
 * Closes one after the other, whatever becomes of each: what one cannot close must not keep the others open. Rejects at the
 * end, with the error if there was one, or with all of them.
 */
export async function closeAll(closings: Iterable<Closing>): Promise<void> {
  const errors: unknown[] = [];
  for (const closing of closings) {
    try {
      await closing();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, errors.map(messageOf).join('; '));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
