// What the auditor says of arms and exposures: with which chance a user is in his arm, and what is
// the first thing that an arm can have changed for him.
import type { Ask } from "./asks.ts";
import type { AuditedUser, AuditorBooks } from "./auditor-books.ts";
import { type Decided, plain } from "./auditor-claims.ts";

/** Null where the caller gave the arm. */
export function chanceOf(books: AuditorBooks, arm: number, audience: number): number | null {
  const { assignment, audiences } = books.definition;
  if (assignment.source === "given") return null;
  const { holdoutShare } = audience < 0 ? assignment : audiences[audience]!;
  if (arm === 0) return holdoutShare;
  const { variants } = assignment;
  const share = variants.length === 0 ? 1 : variants[arm - 1]!.share;
  return (1 - holdoutShare) * share;
}

/** Writes that a user is exposed by what he was shown or asked for, if he was not before. */
export function expose(
  books: AuditorBooks,
  name: string,
  user: AuditedUser,
  what: Readonly<Record<string, string>>,
  atMs: number,
): void {
  if (user.exposed) return;
  user.exposed = true;
  user.exposedAtMs = atMs;
  const arm = books.armName(user.arm);
  books.write("exposed", atMs, { user: books.names.user(name), arm, ...what });
}

/** Whether what a user gets, or would have got, is the first; from then on he is exposed. */
export function exposesNow(user: AuditedUser, atMs: number): boolean {
  if (user.exposed) return false;
  user.exposed = true;
  user.exposedAtMs = atMs;
  return true;
}

/** What a surface outside reports: of each user the earliest counts, whatever came first. */
export function auditSeen(
  books: AuditorBooks,
  { surface, lines }: Extract<Ask, { op: "see" }>,
  atMs: number,
): Decided {
  const { phase, definition } = books;
  const say = (status: string, more: object, state: string): Decided => {
    return { answer: { ...plain(status, atMs), surface, ...more }, state };
  };
  if (definition.surfaces?.includes(surface) !== true) return say("unknown_surface", {}, phase);
  if (phase === "closed") return say("campaign_closed", {}, phase);
  const statuses = lines.map(({ user, seenAtMs }) => seen(books, surface, user, seenAtMs, atMs));
  const count = (status: string): number => statuses.filter((one) => one === status).length;
  const taken = ["exposed", "exposed_before"];
  const refused = statuses.flatMap((status, index) =>
    taken.includes(status) ? [] : [{ index, status }],
  );
  const sums = { recorded: count("exposed"), known: count("exposed_before"), refused };
  return say("ok", sums, statuses[0]!);
}

function seen(
  books: AuditorBooks,
  surface: string,
  name: string,
  seenAtMs: number,
  atMs: number,
): string {
  const user = books.users.get(name);
  if (user === undefined) return "not_assigned";
  const { startsAtMs, endsAtMs } = books.definition;
  if (seenAtMs < startsAtMs || seenAtMs < user.assignedAtMs) return "seen_early";
  if (seenAtMs > atMs || !(seenAtMs < endsAtMs)) return "seen_late";
  if (user.exposed && user.exposedAtMs! <= seenAtMs) return "exposed_before";
  user.exposed = true;
  user.exposedAtMs = seenAtMs;
  const what = { user: books.names.user(name), arm: books.armName(user.arm) };
  books.write("exposure_imported", atMs, { ...what, exposedBy: surface, seenAtMs });
  return "exposed";
}
