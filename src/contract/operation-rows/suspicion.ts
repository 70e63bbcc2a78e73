// Suspicion against one grant: hold, release, claw back, and money that came in afterwards; and its
// expiry moved further away.
import type { Operation, Rows } from "../operation.ts";
import {
  coverSchema,
  extensionSchema,
  receiptSchema,
  type SuspicionAnswer,
  suspicionAnswerSchema,
  suspicionSchema,
  uncoverSchema,
} from "../schema/suspicion.ts";
import { ADMIN_COMMAND, DECIDED } from "./row-shapes.ts";

const GRANT = "0000m3v7k2q9x4tz8a6c1e5h";
const PARAMS = { campaign: "qwen-2026", grant: GRANT };
const WHY = "Forty accounts on one device";

type Step = "grant.hold" | "grant.release" | "grant.extend" | "grant.clawback";
type Booking = "grant.repay" | "grant.cover" | "grant.uncover";

const COVERED: SuspicionAnswer = {
  ...{ ...DECIDED, grant: GRANT, currency: "CNY" },
  status: "lost",
  ...{ coveredMinor: 2000, lostMinor: 500 },
};

const UNCOVERED: SuspicionAnswer = { ...COVERED, status: "reversed" };

const EXTENDED: SuspicionAnswer = {
  ...{ ...DECIDED, status: "extended", grant: GRANT },
  ...{ expiresAtMs: 1_772_294_400_000, beforeMs: 1_772_208_000_000 },
};

export const SUSPICION_ROWS: Rows<Step | Booking> = {
  "grant.hold": step(
    "grant.hold",
    "Holds a grant under suspicion.",
    "It cannot be redeemed or cancelled, and the clock of its expiry stands until it is " +
      "released, clawed back, or the campaign closes.",
    [
      "hold_placed",
      "campaign_closed",
      "expired",
      "already_redeemed",
      "already_cancelled",
      "already_clawed_back",
      "held",
    ],
    { ...DECIDED, status: "hold_placed", grant: GRANT },
  ),
  "grant.release": step(
    "grant.release",
    "Ends a hold.",
    "The grant lives on until its expiry, and at least for the campaign's releaseGrace from now.",
    ["released", "campaign_closed", "expired", "not_held"],
    { ...DECIDED, status: "released", grant: GRANT, expiresAtMs: 1_772_294_400_000 },
  ),
  "grant.extend": {
    ...step(
      "grant.extend",
      "Moves the expiry of one grant further away.",
      "To a later instant, by the campaign's close at the latest; its money stays reserved until " +
        "then. A grant whose time is over is not revived. The clock of a held one stands: it " +
        "lives until then at least, once it is released. A later revision of its offer's expiry " +
        "never shortens it. With preview nothing is changed and no id is bound.",
      [
        "extended",
        "campaign_closed",
        "expired",
        "already_redeemed",
        "already_cancelled",
        "already_clawed_back",
        "after_close",
        "not_later",
      ],
      EXTENDED,
    ),
    body: extensionSchema,
    example: {
      params: PARAMS,
      query: null,
      body: { id: "e-1", expiresAtMs: 1_772_294_400_000, why: "The shop was closed for a week" },
      answer: EXTENDED,
    },
  },
  "grant.clawback": step(
    "grant.clawback",
    "Takes a grant back.",
    "Its unspent rest returns to the budget; what was spent of it is owing from now on. Possible " +
      "also after the grant's end, and after the close, if anything of it was spent.",
    ["clawed_back", "expired", "already_cancelled", "already_clawed_back"],
    {
      ...{ ...DECIDED, status: "clawed_back", grant: GRANT, currency: "CNY" },
      ...{ returnedMinor: 1500, owedMinor: 1000 },
    },
  ),
  "grant.repay": {
    ...step(
      "grant.repay",
      "Books money that came in for a grant that was clawed back.",
      "It lessens what is owing. It does not return to the budget: what was spent stays spent.",
      ["received", "nothing_owed", "more_than_owed"],
      {
        ...{ ...DECIDED, status: "received", grant: GRANT, currency: "CNY" },
        ...{ receivedMinor: 400, owedMinor: 600 },
      },
    ),
    body: receiptSchema,
    example: {
      params: PARAMS,
      query: null,
      body: { id: "p-1", amountMinor: 400, why: "Paid back by the user" },
      answer: {
        ...{ ...DECIDED, status: "received", grant: GRANT, currency: "CNY" },
        ...{ receivedMinor: 400, owedMinor: 600 },
      },
    },
  },
  "grant.cover": {
    ...step(
      "grant.cover",
      "Books a payment that a merchant made although its reward was over.",
      "The campaign's contingency line bears it, and what that does not bear is a loss; neither " +
        "touches the budget. Only where the grant itself can no longer pay: it expired and its " +
        "money has settled, or it was cancelled, clawed back or spent, or the campaign is " +
        "closed. With one grant at most what it was worth, in however many payments. Where a " +
        "redemption of the grant is recorded at the same instant it is refused, unless " +
        "`separate` says that the two are not one payment.",
      [
        "lost",
        "covered",
        "held",
        "still_redeemable",
        "already_recorded",
        "amount_too_large",
        "rehearsal",
      ],
      COVERED,
    ),
    body: coverSchema,
    example: {
      params: PARAMS,
      query: null,
      body: {
        ...{ id: "till-9-0001", amountMinor: 2500, paidAtMs: 1_770_253_200_000 },
        ...{ merchant: "teahouse", why: "The till was offline until the reward had expired" },
      },
      answer: COVERED,
    },
  },
  "grant.uncover": {
    ...step(
      "grant.uncover",
      "Takes back a payment that was booked by mistake with `grant.cover`.",
      "The whole of it, named by its id: the contingency line has again what it bore, and the " +
        "loss is less by the rest. The merchant's statement shows it on the day on which it is " +
        "taken back. Possible also after the campaign is closed. What other payments lost " +
        "meanwhile stays lost: take them back too, and book them anew.",
      ["reversed", "unknown_redemption", "already_reversed"],
      UNCOVERED,
    ),
    body: uncoverSchema,
    example: {
      params: PARAMS,
      query: null,
      body: { id: "back-9-0001", cover: "till-9-0001", why: "The till had typed 25.00 for 2.50" },
      answer: UNCOVERED,
    },
  },
};

function step<N extends Step | Booking>(
  name: N,
  summary: string,
  description: string,
  outcomes: Operation["outcomes"],
  answer: Operation<"grant.hold">["example"]["answer"],
): Operation<N>;
function step(
  name: Step,
  summary: string,
  description: string,
  outcomes: Operation["outcomes"],
  answer: Operation<"grant.hold">["example"]["answer"],
): Operation<Step> {
  const verb = name.slice("grant.".length);
  return {
    name,
    ...ADMIN_COMMAND,
    path: `/v1/campaigns/{campaign}/grants/{grant}/${verb}`,
    body: suspicionSchema,
    answer: suspicionAnswerSchema,
    outcomes: [
      ...outcomes.slice(0, 1),
      "id_conflict",
      "unknown_campaign",
      "unknown_grant",
      ...outcomes.slice(1),
    ],
    errors: ["disk_full"],
    summary,
    description,
    example: {
      params: PARAMS,
      query: null,
      body: { id: `${verb}-1`, why: WHY, evidence: "case 381" },
      answer,
    },
    mcp: null,
  };
}
