// Assertions for bugs. A failed one stops the writer (see host/); it is never caught in core.

/** Thrown for a bug in hongbao itself, never for bad input or for the world's failures. */
export class AssertionFailure extends Error {
  override name = "AssertionFailure";
}

/**
 * Throws AssertionFailure unless `condition` holds; `message` says what was expected. It is
 * evaluated either way, so on hot paths it is a constant.
 */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AssertionFailure(message);
}

/** Ends a switch over a closed union: the compiler proves that it cannot be reached. */
export function assertNever(value: never): never {
  throw new AssertionFailure(`expected no further case, got ${JSON.stringify(value)}`);
}
