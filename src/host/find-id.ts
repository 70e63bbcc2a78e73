// What an id that a caller chose was used for, and the grant behind it.
import type { FoundIdAnswer, IdUse } from "../contract/schema/found-id.ts";
import { emptyCommand, ID_AT } from "../core/command.ts";
import type { CampaignState } from "../core/state.ts";
import { ID_USE } from "../core/state-words.ts";
import { answerBase } from "./answers.ts";
import type { Engine } from "./engine.ts";
import type { Call } from "./writer/call.ts";
import { inCampaign } from "./writer/in-campaign.ts";
import { LANE } from "./writer/job.ts";

type GrantOf = (campaign: CampaignState, target: number) => number;

const itself: GrantOf = (_campaign, target) => target;
const ofRedemption: GrantOf = (campaign, target) => campaign.redemptionGrant.get(target);
const ofCover: GrantOf = (campaign, target) => campaign.late.coverGrant.get(target);
const ofExtension: GrantOf = (campaign, target) => campaign.extensions.grants.get(target);
const ofReceipt: GrantOf = (campaign, target) => campaign.suspicion.receiptGrant.get(target);

/** What each use is called outside, and how its target leads to a grant; null: to none. */
const USES: { readonly [U in keyof typeof ID_USE]: readonly [IdUse, GrantOf | null] } = {
  granted: ["claim", itself],
  withheld: ["claim_withheld", null],
  redeemed: ["redemption", ofRedemption],
  cancelled: ["cancellation", itself],
  reversedAgain: ["reversal", ofRedemption],
  reversedBack: ["reversal", ofRedemption],
  held: ["hold", itself],
  released: ["release", itself],
  clawedBack: ["claw_back", itself],
  clawedAfter: ["claw_back", itself],
  extended: ["extension", ofExtension],
  received: ["repayment", ofReceipt],
  covered: ["late_payment", ofCover],
  uncovered: ["late_payment_reversal", ofCover],
  entered: ["entry", null],
  entryWithheld: ["entry", null],
  invited: ["invite", null],
  accepted: ["acceptance", null],
  acceptWithheld: ["acceptance", null],
};

const USE_OF: ReadonlyMap<number, readonly [IdUse, GrantOf | null]> = new Map(
  Object.entries(USES).map(([name, use]) => [ID_USE[name as keyof typeof ID_USE], use]),
);

const COMMAND = emptyCommand();

export function findId(
  engine: Engine,
  { params: { campaign, id } }: Call<"grant.find">,
  timeoutMs: number | undefined,
): Promise<FoundIdAnswer> {
  return inCampaign<FoundIdAnswer, object>(
    engine,
    LANE.read,
    ["grant.find", campaign, id],
    {},
    ({ state, names }, atMs) => {
      names.pseudonyms.setId(COMMAND, id);
      const bound = state.ids.find(COMMAND.keys, ID_AT);
      const found = bound < 0 ? undefined : USE_OF.get(state.idUse.get(bound));
      if (found === undefined) return { ...answerBase("ok", atMs), use: null };
      const [use, grantOf] = found;
      const grant = grantOf?.(state, state.idTarget.get(bound));
      return {
        ...{ ...answerBase("ok", atMs), use },
        ...(grant !== undefined && { grant: names.grantIds.encode(grant) }),
      };
    },
    timeoutMs,
  );
}
