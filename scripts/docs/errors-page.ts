// docs/reference/errors.md: every status and every error, from the two tables of the contract.
import { ERRORS } from "../../src/contract/errors.ts";
import { STATUSES } from "../../src/contract/statuses.ts";
import { code, heading, table } from "./markdown.ts";

const RETRY_TEXTS = {
  never: "never: it is settled",
  later: "later, with the same id",
  new_id: "with a new id",
  after_fix: "after correcting it",
} as const;

export function errorsPage(): string {
  const statuses = STATUSES.map(({ status, kind, retry, http, meaning }) => [
    code(status),
    kind,
    String(http),
    RETRY_TEXTS[retry],
    meaning,
  ]);
  const overHttp = ERRORS.filter((entry) => entry.http !== null);
  const elsewhere = ERRORS.filter((entry) => entry.http === null);
  const unknown = ERRORS.filter(({ fate }) => fate === "unknown").map((entry) => code(entry.code));
  return [
    heading("Statuses and errors", "src/contract/statuses.ts and src/contract/error-rows/"),
    "## Statuses: what was decided",
    "Every decided request is answered by one of these. They stand in the order in which a " +
      "decision tests them: an answer names the first that applies. An answer that bound its id " +
      "is repeated for ever, marked `replayed`; a refusal binds nothing and is decided anew.",
    table(["status", "kind", "HTTP", "try again", "meaning"], statuses),
    "## Errors: nothing was decided",
    "An error says that nothing was decided and nothing changed, except " +
      `${unknown.slice(0, -1).join(", ")} and ${unknown.at(-1)!}, where the caller cannot know: ` +
      "then only a repetition with the same id tells, and is safe. The body is " +
      "`{ error: { code, message, retryable, next } }`; `invalid_request` adds `path`, " +
      "`expected` and `found`, `invalid_campaign` adds `problems`.",
    table(["code", "HTTP", "retryable", "meaning", "next step"], overHttp.map(row)),
    "## Errors that do not travel over HTTP",
    "Thrown by the SDK, the embedded engine, the command line, or when a server starts.",
    table(["code", "retryable", "meaning", "next step"], elsewhere.map(row).map(withoutHttp)),
    "",
  ].join("\n\n");
}

function row(entry: (typeof ERRORS)[number]): string[] {
  const { code: name, http, retryable, meaning, next } = entry;
  return [code(name), String(http ?? ""), retryable ? "yes" : "no", meaning, next];
}

function withoutHttp(cells: string[]): string[] {
  return [cells[0]!, ...cells.slice(2)];
}
