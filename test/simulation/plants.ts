// Planted bugs: what the simulation must find, or it is not trusted.
import { type Plant, plant } from "./plant.ts";
import { DRAW_PLANTS } from "./plants-draws.ts";
import { LATE_PLANTS } from "./plants-late.ts";
import { LOTS } from "./plants-lots.ts";
import { BLOCK_PLANTS } from "./plants-of-blocks.ts";
import { COMPENSATION_PLANTS } from "./plants-of-compensation.ts";
import { CONDITION_PLANTS } from "./plants-of-conditions.ts";
import { DRAW_ROUND_PLANTS, EARNING_PLANTS } from "./plants-of-earning.ts";
import { EXPOSURE_PLANTS } from "./plants-of-exposures.ts";
import { EXTENSION_PLANTS } from "./plants-of-extensions.ts";
import { INVITE_PLANTS } from "./plants-of-invites.ts";
import { LUCK_PLANTS } from "./plants-of-luck.ts";
import { MODE_PLANTS } from "./plants-of-modes.ts";
import { OVERISSUE_PLANTS } from "./plants-of-overissue.ts";
import { PACING_PLANTS } from "./plants-of-pacing.ts";
import { REVISION_PLANTS } from "./plants-of-revisions.ts";
import { SUSPICION_PLANTS } from "./plants-of-suspicion.ts";

const HOST: Plant[] = [
  plant(
    "reply before sync",
    "src/journal/files/file-journal.ts",
    "await writeFully(this.#file, this.#buffer.subarray(0, bytes), this.#offset);",
    "void writeFully(this.#file, this.#buffer.slice(0, bytes), this.#offset).catch(() => {});",
  ),
  plant(
    "reply before append",
    "src/host/writer/writer.ts",
    "    const record = recordOf(",
    `    const next = journal.lastSequence + 1;
    for (const { job, from, to } of draft.waiters) job.settle(from, to, next);
    const record = recordOf(`,
  ),
  plant(
    "read before durable",
    "src/host/writer/writer.ts",
    "      this.writing.waiters.push(...draft.waiters);\n      clearDraft(draft);",
    "      settleAll(draft, this.options.journal.lastSequence);",
  ),
  plant(
    "answers of a refused batch leave early",
    "src/host/writer/money-job.ts",
    "    if (this.settled >= this.end) this.finish();",
    "    this.finish();",
  ),
  plant(
    "a record in doubt called undecided",
    "src/host/writer/writer.ts",
    "    refuseAll(draft, error);",
    "    refuseAll(draft, undecided(error));",
  ),
  plant(
    "requests during a seal wait for ever",
    "src/host/writer/writer.ts",
    "    this.goOn(sealing, this.options.journal.lastSequence);",
    "    this.writing = null;",
  ),
  plant(
    "column missing from the snapshot",
    "src/core/state-parts.ts",
    '    ["redemption-reversed", campaign.redemptionReversed],\n',
    "",
  ),
];

const JOURNAL: Plant[] = [
  plant(
    "failed sync ignored",
    "src/journal/files/file-journal.ts",
    "await writeFully(this.#file, this.#buffer.subarray(0, bytes), this.#offset);",
    "await writeFully(this.#file, this.#buffer.subarray(0, bytes), this.#offset).catch(() => {});",
  ),
  plant(
    "torn record accepted",
    "src/journal/codec.ts",
    'if (crc !== bodyCrc(bytes, offset, bodyEnd)) return { kind: "body" };',
    "void crc;",
    {
      file: "src/journal/codec.ts",
      find: 'if (!sameBytes(computed, chain)) return { kind: "chain" };',
      replace: "void chain;",
    },
  ),
  plant(
    "hole before the last record accepted",
    "src/journal/files/tail-verdict.ts",
    "if (later !== null && later.durableSequence >= expected.sequence) {",
    "if (later !== null && later.durableSequence < 0) {",
  ),
  plant(
    "acknowledged record cut",
    "src/journal/files/recovery.ts",
    '    case "bit_flip": {\n      if (input.acceptBitFlip) return;',
    '    case "bit_flip": {\n      if (bad.length > 0) return;',
  ),
];

const CAPS: Plant[] = [
  plant(
    "refund into the wrong window",
    "src/core/money/refund.ts",
    "return calendar.windowAt(cap.per, chargedAtMs) === calendar.windowAt(cap.per, atMs);",
    "return calendar.windowAt(cap.per, chargedAtMs) <= calendar.windowAt(cap.per, atMs);",
  ),
  plant(
    "charge that leaks when a later cap refuses",
    "src/core/caps/charge.ts",
    '  const answer = outcome("cap_reached");\n',
    `  for (let i = 0; i < cells.length; i++) {
    const leaking = campaign.caps[cells.words[2 * i]! >>> 24]!;
    if (leaking === refusing) break;
    const used = leaking.money ? amountMinor : 1;
    leaking.add(cells.words[2 * i + 1]!, cells.words[2 * i]! & 0xffffff, used);
  }
  const answer = outcome("cap_reached");
`,
  ),
  plant(
    "cap that may be passed by one",
    "src/core/caps/charge.ts",
    "!(used + charge <= cap.limit)",
    "!(used + charge <= cap.limit + 1)",
  ),
  plant(
    "minute cap refundable",
    "src/core/money/refund.ts",
    "if (!cap.definition.refund || !(cap.money",
    "if (!(cap.money",
  ),
  plant(
    "count cap given back after a partial spend",
    "src/core/money/refund.ts",
    'return spentMinor === 0 && reward.kind === "fixed";',
    'return spentMinor >= 0 && reward.kind === "fixed";',
  ),
  plant(
    "luck given back",
    "src/core/money/refund.ts",
    'return spentMinor === 0 && reward.kind === "fixed";',
    "return spentMinor === 0 && reward !== null;",
  ),
  plant(
    "held-out charged",
    "src/core/grants/decide-claim.ts",
    "  if (arm === 0) writeWithheld(campaign, SIDE, answer, atMs, out);\n",
    `  if (arm === 0) {
    for (const cap of SIDE.set.caps) cap.add(0, campaign.calendar.windowAt(cap.per, atMs), 1);
    writeWithheld(campaign, SIDE, answer, atMs, out);
  }
`,
  ),
];

const DECISIONS: Plant[] = [
  plant(
    "double refund after a reversal",
    "src/core/grants/decide-grant.ts",
    "const over = ends || !whole;",
    "const over = ends || whole || !whole;",
  ),
  plant(
    "reversed twice",
    "src/core/grants/decide-grant.ts",
    "if (campaign.redemptionReversed.get(redemption) === 1) {",
    "if (campaign.redemptionReversed.get(redemption) === 2) {",
  ),
  plant(
    "replay without comparing content",
    "src/core/grants/decide-claim.ts",
    "if (!same || (use !== ID_USE.granted",
    "if ((same && use === 0) || (use !== ID_USE.granted",
  ),
  plant(
    "re-roll by cancelling",
    "src/core/grants/apply-grant.ts",
    "  campaign.grantState.set(grant, GRANT.cancelled);",
    `  campaign.grantState.set(grant, GRANT.cancelled);
  const draws = campaign.draws[campaign.grantOffer(grant)]!;
  const drawer = campaign.grantUser.get(grant);
  if (draws.get(drawer) > 0) draws.set(drawer, draws.get(drawer) - 1);`,
  ),
  plant(
    "> for >= at expiry",
    "src/core/grants/decide-grant.ts",
    "if (state === GRANT.expired || atMs >= campaign.expiresAtMs(grant)) {",
    "if (state === GRANT.expired || atMs > campaign.expiresAtMs(grant)) {",
  ),
  plant(
    "sweep one ms early",
    "src/core/grants/decide-sweep.ts",
    "if (atMs < campaign.ruleExpiresAtMs(grant)) break;",
    "if (atMs + 1 < campaign.ruleExpiresAtMs(grant)) break;",
  ),
  plant(
    "money spent backwards",
    "src/host/checked-input.ts",
    "if (Number.isSafeInteger(value) && value >= 1) return value;",
    "if (Number.isSafeInteger(value)) return value;",
  ),
  plant(
    "refused claim bound",
    "src/core/grants/decide-claim.ts",
    'if (answer.status !== "granted") return answer;',
    `if (answer.status !== "granted") {
    writeWithheld(campaign, SIDE, answer, atMs, out);
    return answer;
  }`,
  ),
  plant(
    "budget check without settling money",
    "src/core/state.ts",
    "const boundMinor = spentMinor + reservedMinor + settlingMinor + returnedMinor;",
    "const boundMinor = spentMinor + reservedMinor + 0 * settlingMinor + returnedMinor;",
  ),
  plant(
    "budget check without returned money",
    "src/core/state.ts",
    "const boundMinor = spentMinor + reservedMinor + settlingMinor + returnedMinor;",
    "const boundMinor = spentMinor + reservedMinor + settlingMinor + 0 * returnedMinor;",
  ),
  plant(
    "claim id reusable as redemption",
    "src/core/grants/decide-grant.ts",
    "if (bound >= 0) return replayOfRedemption(campaign, bound);",
    `if (bound >= 0 && campaign.idUse.get(bound) === ID_USE.redeemed) {
    return replayOfRedemption(campaign, bound);
  }`,
  ),
  plant(
    "keys told apart by their hash alone",
    "src/core/tables/key-table.ts",
    "if (this.keys.matches(ordinal, key, at)) return ordinal;",
    "return ordinal;",
  ),
  plant(
    "settled money that takes fresh expiries with it",
    "src/core/grants/decide-sweep.ts",
    "  writeSettled(campaign, atMs, out);\n  decidePaces",
    "  decidePaces",
    {
      file: "src/core/grants/decide-sweep.ts",
      find: "      out.words[at + SWEPT.cursor] = cursor;\n    });\n  });\n",
      replace:
        "      out.words[at + SWEPT.cursor] = cursor;\n    });\n  });\n" +
        "  writeSettled(campaign, atMs, out);\n",
    },
  ),
];

export const PLANTS: readonly Plant[] = [
  ...HOST,
  ...JOURNAL,
  ...CAPS,
  ...DECISIONS,
  ...REVISION_PLANTS,
  ...SUSPICION_PLANTS,
  ...EXTENSION_PLANTS,
  ...BLOCK_PLANTS,
  ...LOTS,
  ...CONDITION_PLANTS,
  ...COMPENSATION_PLANTS,
  ...MODE_PLANTS,
  ...LUCK_PLANTS,
  ...OVERISSUE_PLANTS,
  ...PACING_PLANTS,
  ...DRAW_PLANTS,
  ...EXPOSURE_PLANTS,
  ...INVITE_PLANTS,
  ...LATE_PLANTS,
  ...EARNING_PLANTS,
  ...DRAW_ROUND_PLANTS,
];

/** Looked for by `npm run simulate -- --plant NAME` alone: too rare for every run of the tests. */
export const RARE_PLANTS: ReadonlySet<string> = new Set([
  "grant that a later rule ends earlier",
  "late payment whose reversal fills the claim's caps a second time",
]);
