// A share of users that is let in first: sound in itself, and only ever raised.
import type { CampaignDefinition } from "../../core/definition.ts";
import type { DefinitionCheck } from "./definition-check.ts";
import { percent } from "./explain-words.ts";

export function checkGrey(check: DefinitionCheck): void {
  const { grey, assignment, audiences, startsAtMs, endsAtMs } = check.definition;
  if (grey === undefined) return;
  const { share, salt, untilMs } = grey;
  if (share <= 0) check.error(["grey", "share"], "more than nobody", percent(share));
  if ([assignment, ...audiences].some((one) => one.salt === salt)) {
    const expected = "a salt of its own: who is let in first must not tell who is held out";
    check.error(["grey", "salt"], expected, "that of an assignment");
  }
  if (untilMs === undefined) return;
  if (untilMs <= startsAtMs) {
    const expected = `after the start ${check.time(startsAtMs)}, else nobody waits`;
    check.warn(["grey", "untilMs"], expected, check.time(untilMs));
  } else if (untilMs >= endsAtMs) {
    const expected = `before the end ${check.time(endsAtMs)}, else the others never come in`;
    check.warn(["grey", "untilMs"], expected, check.time(untilMs));
  }
}

/** Whoever was let in stays in, and what has passed stays passed. */
export function checkRevisedGrey(
  check: DefinitionCheck,
  { grey: before }: CampaignDefinition,
  atMs: number,
): void {
  const { grey: after } = check.definition;
  if (after === undefined) return; // everybody is let in
  if (before === undefined) {
    const expected = "nothing: everybody has been let in";
    return check.error(["grey"], expected, `a share of ${percent(after.share)}`);
  }
  if (after.salt !== before.salt) {
    check.error(["grey", "salt"], "the salt as at the opening, else others are let in", "another");
  }
  if (!(after.share >= before.share)) {
    const expected = `at least ${percent(before.share)}: whoever was let in stays in`;
    check.error(["grey", "share"], expected, percent(after.share));
  }
  const [was, is] = [before.untilMs, after.untilMs];
  if (was === is) return;
  const path = ["grey", "untilMs"];
  const told = (ms: number | undefined): string => (ms === undefined ? "none" : check.time(ms));
  if (was !== undefined && was <= atMs) {
    check.error(path, `${check.time(was)}, when everybody was let in`, told(is));
  } else if (is !== undefined && is <= atMs) {
    check.error(path, `after now, ${check.time(atMs)}`, told(is));
  }
}
