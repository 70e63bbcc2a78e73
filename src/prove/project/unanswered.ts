// What a campaign's assignments were to answer and cannot: a holdout that is gone is no silence.
import { formatNumber, formatPercent } from "../../report/format.ts";
import type { Estimand } from "../../verdict/metric.ts";
import type { Unanswered } from "../../verdict/verdict.ts";
import { fileProblem } from "../source-file.ts";
import type { Study } from "../study.ts";

interface PlannedHoldout {
  readonly title: string;
  readonly estimand: Estimand;
  readonly holdoutShare: number;
}

type ArmUsers = readonly { readonly id: string; readonly users: number }[];

/**
 * Why an assignment has no study. It is open where its question is asked by name, or where users
 * were to be held out of those who came; otherwise there was nothing to ask, which is a note.
 * @param arms the holdout first
 */
export function withoutStudy(
  { title, estimand, holdoutShare }: PlannedHoldout,
  arms: ArmUsers,
  isAsked: boolean,
): { readonly open: readonly Unanswered[]; readonly note: readonly string[] } {
  const users = arms.reduce((sum, arm) => sum + arm.users, 0);
  const reason = reasonOf(arms, users, holdoutShare);
  if (isAsked || (holdoutShare > 0 && users > 0)) {
    return { open: [{ title, estimand, reason }], note: [] };
  }
  return { open: [], note: [`${title}: ${reason}, nothing to compare`] };
}

function reasonOf(arms: ArmUsers, users: number, holdoutShare: number): string {
  if (users === 0) return "nobody was assigned in it";
  if (holdoutShare === 0) return "nobody was to be held out";
  const planned = formatPercent(holdoutShare, 2);
  const all = formatNumber(users);
  const held = arms[0]!.users;
  if (held === 0) {
    return `none of its ${all} users is held out, where ${planned} were to be: the holdout is lost`;
  }
  if (held === users) return `all of its ${all} users are held out, where ${planned} were to be`;
  return "no held-out or no treated users are left";
}

/** Refuses sources of which nothing can be compared, saying why of each assignment. */
export function requireStudy(
  events: string,
  found: {
    readonly studies: readonly Study[];
    readonly unanswered: readonly Unanswered[];
    readonly notes: readonly string[];
  },
): void {
  if (found.studies.length > 0) return;
  const open = found.unanswered.map(({ title, reason }) => `${title}: ${reason}`);
  const why = (open.length > 0 ? open : found.notes).join("; ");
  const message = `expected held-out and treated users to compare, found none. ${why}`;
  throw fileProblem(events, "", message);
}
