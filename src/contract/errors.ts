// The one catalogue of errors: what can go wrong so that nothing was decided, or nobody can tell.
// HTTP numbers, the SDK's retries, exit texts and docs/reference/errors.md are derived from it; a
// test fails when code in src/ throws a code that is not here.
import { HongbaoError } from "../base/error.ts";
import { MACHINE_ERRORS } from "./error-rows/of-machines.ts";
import { REQUEST_ERRORS } from "./error-rows/of-requests.ts";

export type ErrorCode = (typeof REQUEST_ERRORS)[number][0] | (typeof MACHINE_ERRORS)[number][0];

export interface ErrorEntry {
  readonly code: ErrorCode;
  readonly http: number | null;
  /** Whether the same request with the same id may succeed later. */
  readonly retryable: boolean;
  /** `unknown`: it may have been decided, and only the same id again can tell. */
  readonly fate: "undecided" | "unknown";
  readonly meaning: string;
  readonly next: string;
}

type Row = readonly [ErrorCode, number | null, boolean, string, string, fate?: "unknown"];

const ROWS: readonly Row[] = [...REQUEST_ERRORS, ...MACHINE_ERRORS];

export const ERRORS: readonly ErrorEntry[] = ROWS.map(
  ([code, http, retryable, meaning, next, fate]) => ({
    code,
    http,
    retryable,
    fate: fate ?? "undecided",
    meaning,
    next,
  }),
);

const BY_CODE: ReadonlyMap<string, ErrorEntry> = new Map(ERRORS.map((row) => [row.code, row]));

/** The entry of a code; that of `internal` for a code that is not in the catalogue. */
export function errorEntry(code: string): ErrorEntry {
  return BY_CODE.get(code) ?? BY_CODE.get("internal")!;
}

export function isErrorCode(text: string): text is ErrorCode {
  return BY_CODE.has(text);
}

/** What travels in the body of an error. */
export interface ErrorBody {
  error: {
    code: string;
    message: string;
    retryable: boolean;
    /** What to do next, from the catalogue. */
    next: string;
    /** The offending field of invalid_request, as a JSON path such as `$.amountMinor`. */
    path?: string;
    expected?: string;
    found?: string;
    problems?: unknown;
  };
}

/** A HongbaoError whose retryable flag comes from the catalogue. */
export function contractError(
  code: ErrorCode,
  message: string,
  details: Record<string, unknown> = {},
): HongbaoError {
  return new HongbaoError({ code, message, retryable: errorEntry(code).retryable, details });
}

/**
 * Input that cannot be decided upon.
 * @param path of the offending field, such as `$.amountMinor`
 * @param found in words that give nothing personal away
 */
export function invalidRequest(path: string, expected: string, found: string): HongbaoError {
  const message = `${path}: expected ${expected}, found ${found}`;
  return contractError("invalid_request", message, { path, expected, found });
}

const PUBLIC_DETAILS = ["path", "expected", "found", "problems"] as const;

/** What a caller may see of an error: never stacks, paths of files, or causes. */
export function errorBody(error: HongbaoError): ErrorBody {
  const entry = errorEntry(error.code);
  const shown: Record<string, unknown> = {};
  for (const name of PUBLIC_DETAILS) {
    if (error.details[name] !== undefined) shown[name] = error.details[name];
  }
  const { code, next } = entry;
  const message = isErrorCode(error.code) ? error.message : entry.meaning;
  return { error: { code, message, retryable: error.retryable, next, ...shown } };
}
