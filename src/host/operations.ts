// Every operation of the contract's table that needs the engine, under its name. Servers, tools and
// embedded callers come through here with input that is already validated.
import type { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import {
  type AnswerBase,
  type AnswerOf,
  checkCampaignSource,
  explainCampaign,
  invalidRequest,
  type OperationName,
  requireCampaign,
} from "../contract/index.ts";
import { emptyCommand, USER_AT } from "../core/command.ts";
import { decideOffers, decidePhase } from "../core/decide-campaign.ts";
import { answerBase } from "./answers.ts";
import { listCampaigns } from "./attention/attention.ts";
import { compensate } from "./compensate.ts";
import { closeDraw, enterDraw, showDraw } from "./draws.ts";
import { dryRunClaim } from "./dry-run.ts";
import type { Engine } from "./engine.ts";
import { findId } from "./find-id.ts";
import { handInBeacon } from "./hand-in-beacon.ts";
import { showInvites } from "./invites/show-invites.ts";
import { assignAudience } from "./lists/assign-audience.ts";
import { importExposures } from "./lists/import-exposures.ts";
import { showHistory } from "./live/campaign-history.ts";
import { showLuck, showOdds } from "./luck-views.ts";
import { openCampaign } from "./open-campaign.ts";
import type { OpenCampaign } from "./open-campaigns.ts";
import { outlookOf } from "./outlook/outlook.ts";
import { approveRevision, rejectRevision, reviseCampaign } from "./revise-campaign.ts";
import { showSettlement } from "./settlement.ts";
import { sampleSuspects } from "./suspicion/audit-sample.ts";
import { BLOCK_HANDLERS } from "./suspicion/blocks.ts";
import { actOnSuspects, findSuspects } from "./suspicion/suspects.ts";
import { SUSPICION_HANDLERS } from "./suspicion/suspicion.ts";
import { campaignBooks, grantsOfUser, grantView, openOffer } from "./views.ts";
import type { Call } from "./writer/call.ts";
import { inCampaign } from "./writer/in-campaign.ts";
import { LANE } from "./writer/job.ts";
import { describeLine } from "./writer/money-job.ts";

/** The operations that an engine answers; keys, health and streams belong to a server. */
export type EngineOperation = Exclude<
  OperationName,
  | "checkpoint.show"
  | "checkpoint.consistency"
  | "checkpoint.text"
  | "grant.receipt"
  | "redemption.receipt"
  | "grant.history"
  | "campaign.versions"
  | "campaign.file"
  | "journal.export"
  | "server.status"
  | "webhooks.list"
  | "webhooks.add"
  | "webhooks.remove"
  | "webhooks.pause"
  | "webhooks.resume"
  | "webhooks.dead"
  | "webhooks.replay"
  | "webhooks.drop"
  | "events"
  | "live"
  | "keys.add"
  | "keys.list"
  | "keys.revoke"
  | "report.add"
  | "report.list"
  | "report.show"
  | "report.remove"
  | "session.open"
  | "session.code"
  | "session.show"
  | "session.end"
  | "health.live"
  | "health.ready"
  | "metrics"
  | "openapi"
  | "docs"
>;

type Handler<N extends OperationName> = (
  engine: Engine,
  call: Call<N>,
  timeoutMs: number | undefined,
) => Promise<AnswerOf<N>>;

/** Runs one operation. Rejects with HongbaoError when nothing was decided. */
export function execute<N extends EngineOperation>(
  engine: Engine,
  name: N,
  call: Call<N>,
  timeoutMs?: number,
): Promise<AnswerOf<N>> {
  return (HANDLERS[name] as Handler<N>)(engine, call, timeoutMs);
}

const COMMAND = emptyCommand();

const HANDLERS: { [N in EngineOperation]: Handler<N> } = {
  ...SUSPICION_HANDLERS,
  ...BLOCK_HANDLERS,
  "suspects.find": findSuspects,
  "suspects.act": actOnSuspects,
  "suspects.sample": sampleSuspects,
  claim: (engine, { params, body }, timeoutMs) =>
    engine.money("claim", params.campaign, body, timeoutMs),
  redeem: (engine, { params, body }, timeoutMs) =>
    engine.money("redeem", params.campaign, body, timeoutMs),
  cancel: (engine, { params, body }, timeoutMs) =>
    engine.money("cancel", params.campaign, body, timeoutMs),
  reverse: (engine, { params, body }, timeoutMs) =>
    engine.money("reverse", params.campaign, body, timeoutMs),
  "invite.create": (engine, { params, body }, timeoutMs) =>
    engine.money("invite.create", params.campaign, body, timeoutMs),
  "invite.accept": (engine, { params, body }, timeoutMs) =>
    engine.money("invite.accept", params.campaign, body, timeoutMs),
  "invite.show": showInvites,
  "offers.list": listOffers,
  "grant.show": showGrant,
  "grant.find": findId,
  "user.grants": listGrants,
  "audience.assign": assignAudience,
  "exposure.import": importExposures,
  "dryrun.claim": (engine, { params, body, toldArms = true }, timeoutMs) =>
    dryRunClaim(engine, params.campaign, body, toldArms, timeoutMs),
  "list.import": (engine, { params, body }) =>
    engine.listImports.take(params.campaign, params.list, body),
  "campaign.check": async (engine, { body }, timeoutMs) => {
    const { problems, definition } = checkCampaignSource(body);
    const explanation = definition === null ? [] : explainCampaign(definition);
    const check = { valid: definition !== null, problems, explanation };
    const decide = (atMs: number) => ({ ...answerBase("ok", atMs), ...check });
    return readAll(engine, "campaign.check", decide, timeoutMs);
  },
  "campaign.open": (engine, { body }) =>
    openCampaign(engine, requireCampaign(checkCampaignSource(body))),
  "campaign.list": (engine, _call, timeoutMs) => {
    const decide = (atMs: number) => ({
      ...answerBase("ok", atMs),
      campaigns: listCampaigns(engine.state, atMs),
    });
    return readAll(engine, "campaign.list", decide, timeoutMs);
  },
  "campaign.show": (engine, { params: { campaign } }, timeoutMs) => {
    const asked = ["campaign.show", campaign, null] as const;
    const decide = ({ state }: OpenCampaign, atMs: number) => {
      return { ...answerBase("ok", atMs), books: campaignBooks(state, atMs) };
    };
    return inCampaign(engine, LANE.read, asked, {}, decide, timeoutMs);
  },
  "campaign.outlook": (engine, { params: { campaign } }, timeoutMs) => {
    const asked = ["campaign.outlook", campaign, null] as const;
    const decide = ({ state }: OpenCampaign, atMs: number) => {
      return { ...answerBase("ok", atMs), ...outlookOf(state, atMs) };
    };
    return inCampaign(engine, LANE.read, asked, { campaign }, decide, timeoutMs);
  },
  "campaign.history": showHistory,
  "campaign.revise": (engine, { params, body, by = "embedded" }, timeoutMs) =>
    reviseCampaign(engine, params.campaign, body, by, timeoutMs),
  "grant.luck": (engine, { params }, timeoutMs) => showLuck(engine, params, timeoutMs),
  "campaign.odds": (engine, { params }, timeoutMs) => showOdds(engine, params.campaign, timeoutMs),
  "campaign.beacon": (engine, { params, body }, timeoutMs) =>
    handInBeacon(engine, params.campaign, body, timeoutMs),
  "campaign.compensate": (engine, { params, body, by = "embedded" }, timeoutMs) =>
    compensate(engine, params.campaign, body, by, timeoutMs),
  "campaign.approve": (engine, { params, body, by = "embedded" }, timeoutMs) =>
    approveRevision(engine, params.campaign, body, by, timeoutMs),
  "campaign.reject": (engine, { params, body, by = "embedded" }, timeoutMs) =>
    rejectRevision(engine, params.campaign, body, by, timeoutMs),
  "draw.enter": enterDraw,
  "draw.close": closeDraw,
  "draw.show": showDraw,
  "merchant.settlement": showSettlement,
  "campaign.pause": (engine, { params }) => changePhase(engine, params.campaign, "pause"),
  "campaign.resume": (engine, { params }) => changePhase(engine, params.campaign, "resume"),
  "campaign.end": (engine, { params }) => changePhase(engine, params.campaign, "end"),
  "campaign.close": (engine, { params }) => changePhase(engine, params.campaign, "close"),
};

/** A read that is about no one campaign. */
function readAll<A extends AnswerBase>(
  engine: Engine,
  operation: "campaign.check" | "campaign.list",
  decide: (atMs: number) => A,
  timeoutMs: number | undefined,
): Promise<A> {
  return engine.single(LANE.read, decide, () => describeLine(operation, "", null), timeoutMs);
}

/** Late rather than not at all: what stops a campaign is asked for in an emergency. */
function changePhase(
  engine: Engine,
  campaign: string,
  change: "pause" | "resume" | "end" | "close",
): Promise<AnswerOf<"campaign.pause">> {
  return inCampaign(
    engine,
    LANE.redemption,
    [change, campaign, null],
    { campaign },
    ({ state }, atMs, out) => {
      const decided = decidePhase(state, change, atMs, out);
      const answer = { ...answerBase(decided.status, atMs), campaign };
      return decided.retryAtMs > 0 ? { ...answer, retryAtMs: decided.retryAtMs } : answer;
    },
  );
}

function listOffers(
  engine: Engine,
  { params, query }: Call<"offers.list">,
  timeoutMs: number | undefined,
): Promise<AnswerOf<"offers.list">> {
  return inCampaign(
    engine,
    LANE.claim,
    ["offers.list", params.campaign, params.user],
    { offers: [] },
    (open, atMs, out) => {
      open.names.fillUser(COMMAND, params.user, query.variant);
      const { eligibility } = open.names;
      const isEligible = (offer: number): boolean => {
        COMMAND.offer = offer;
        return eligibility.failure(open.state, COMMAND, undefined, atMs) === null;
      };
      const offers = decideOffers(open.state, COMMAND, isEligible, atMs, out);
      const views = offers.map((offer) => openOffer(open.state, offer));
      return { ...answerBase("ok", atMs), offers: views };
    },
    timeoutMs,
  );
}

function showGrant(
  engine: Engine,
  { params }: Call<"grant.show">,
  timeoutMs: number | undefined,
): Promise<AnswerOf<"grant.show">> {
  return inCampaign(
    engine,
    LANE.read,
    ["grant.show", params.campaign, params.grant],
    {},
    ({ state, names }, atMs) => {
      const grant = names.grantIds.decode(params.grant);
      if (grant < 0 || grant >= state.grantCount) return answerBase("unknown_grant", atMs);
      return { ...answerBase("ok", atMs), grant: grantView(state, names, grant, atMs) };
    },
    timeoutMs,
  );
}

function listGrants(
  engine: Engine,
  { params, query }: Call<"user.grants">,
  timeoutMs: number | undefined,
): Promise<AnswerOf<"user.grants">> {
  const nothing = { grants: [], more: false };
  return inCampaign(
    engine,
    LANE.read,
    ["user.grants", params.campaign, [params.user, query.after ?? null]],
    nothing,
    (open, atMs) => {
      const { state, names } = open;
      names.pseudonyms.setUser(COMMAND, params.user);
      const user = state.users.find(COMMAND.keys, USER_AT);
      if (user < 0) return { ...answerBase("ok", atMs), ...nothing };
      const after = query.after === undefined ? -1 : names.grantIds.decode(query.after);
      if (query.after !== undefined && !isGrantOf(open, after, user)) throw unknownPage();
      const page = grantsOfUser(state, user, after, LIMITS.page);
      const grants = page.grants.map((grant) => grantView(state, names, grant, atMs));
      return { ...answerBase("ok", atMs), grants, more: page.more };
    },
    timeoutMs,
  );
}

function isGrantOf({ state }: OpenCampaign, grant: number, user: number): boolean {
  return grant >= 0 && grant < state.grantCount && state.grantUser.get(grant) === user;
}

function unknownPage(): HongbaoError {
  return invalidRequest("$.after", "the last grant of the page before", "another grant");
}
