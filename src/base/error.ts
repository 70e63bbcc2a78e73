// The one class for the world's failures: input, disk, network, overload. Its codes are listed in
// contract/errors.ts; refusals that the business expects are statuses, not errors.

export interface HongbaoErrorOptions {
  /** A code of the catalogue in contract/errors.ts. */
  code: string;
  /** What was expected, what came, where, and what to do next. */
  message: string;
  /** Whether the same request may succeed later without a change. */
  retryable?: boolean;
  cause?: unknown;
  /** Machine-readable particulars, such as `path`, `file`, `offset`. */
  details?: Record<string, unknown>;
}

export class HongbaoError extends Error {
  override name = "HongbaoError";
  readonly code: string;
  readonly retryable: boolean;
  readonly details: Record<string, unknown>;

  constructor(options: HongbaoErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.retryable = options.retryable ?? false;
    this.details = options.details ?? {};
  }
}
