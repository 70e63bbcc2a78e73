// Every operation of the contract's table that needs the engine, under its name. Servers, tools and
// embedded callers come through here with input that is already validated.
import { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import {
  type AnswerOf,
  type BodyOf,
  checkCampaignSource,
  explainCampaign,
  type OperationName,
  type ParamsOf,
  type QueryOf,
  requireCampaign,
} from "../contract/index.ts";
import { emptyCommand, USER_AT } from "../core/command.ts";
import { decideOffers, decidePhase } from "../core/decide-campaign.ts";
import { outcome } from "../core/outcome.ts";
import { answerBase } from "./answers.ts";
import { assignAudience } from "./assign-audience.ts";
import { closeDraw, enterDraw, showDraw } from "./draws.ts";
import { dryRunClaim } from "./dry-run.ts";
import type { Engine } from "./engine.ts";
import { handInBeacon } from "./hand-in-beacon.ts";
import { LANE } from "./job.ts";
import { showLuck, showOdds } from "./luck-views.ts";
import { describeLine } from "./money-job.ts";
import { openCampaign } from "./open-campaign.ts";
import type { OpenCampaign } from "./open-campaigns.ts";
import { approveRevision, rejectRevision, reviseCampaign } from "./revise-campaign.ts";
import { SUSPICION_HANDLERS } from "./suspicion.ts";
import { campaignBooks, campaignSummary, grantsOfUser, grantView, openOffer } from "./views.ts";

/** The operations that an engine answers; keys, health and streams belong to a server. */
export type EngineOperation = Exclude<
  OperationName,
  | "checkpoint.show"
  | "checkpoint.consistency"
  | "checkpoint.text"
  | "grant.receipt"
  | "redemption.receipt"
  | "events"
  | "keys.add"
  | "keys.list"
  | "keys.revoke"
  | "health.live"
  | "health.ready"
  | "metrics"
  | "openapi"
  | "docs"
>;

export interface Call<N extends OperationName> {
  params: ParamsOf<N>;
  query: QueryOf<N>;
  body: BodyOf<N>;
  /** Who asks: the public id of a key. Default: an embedding caller. */
  by?: string;
  /** Whether the caller may know arms that are masked. Default: an embedding caller may. */
  toldArms?: boolean;
}

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
  claim: (engine, { params, body }, timeoutMs) =>
    engine.money("claim", params.campaign, body, timeoutMs),
  redeem: (engine, { params, body }, timeoutMs) =>
    engine.money("redeem", params.campaign, body, timeoutMs),
  cancel: (engine, { params, body }, timeoutMs) =>
    engine.money("cancel", params.campaign, body, timeoutMs),
  reverse: (engine, { params, body }, timeoutMs) =>
    engine.money("reverse", params.campaign, body, timeoutMs),
  "offers.list": listOffers,
  "grant.show": showGrant,
  "user.grants": listGrants,
  "audience.assign": assignAudience,
  "dryrun.claim": (engine, { params, body, toldArms = true }, timeoutMs) =>
    dryRunClaim(engine, params.campaign, body, toldArms, timeoutMs),
  "list.import": (engine, { params, body }) =>
    engine.listImports.take(params.campaign, params.list, body),
  "campaign.check": async (engine, { body }) => {
    const { problems, definition } = checkCampaignSource(body);
    return read(engine, ["campaign.check", "", null], (atMs) => ({
      ...answerBase("ok", atMs),
      valid: definition !== null,
      problems,
      explanation: definition === null ? [] : explainCampaign(definition),
    }));
  },
  "campaign.open": (engine, { body }) =>
    openCampaign(engine, requireCampaign(checkCampaignSource(body))),
  "campaign.list": (engine) =>
    read(engine, ["campaign.list", "", null], (atMs) => ({
      ...answerBase("ok", atMs),
      campaigns: engine.state.campaigns.map((campaign) => campaignSummary(campaign, atMs)),
    })),
  "campaign.show": (engine, { params }) =>
    read(engine, ["campaign.show", params.campaign, null], (atMs) => {
      const campaign = engine.find(params.campaign);
      if (campaign === undefined) return answerBase("unknown_campaign", atMs);
      return { ...answerBase("ok", atMs), books: campaignBooks(campaign.state, atMs) };
    }),
  "campaign.revise": (engine, { params, body, by = "embedded" }, timeoutMs) =>
    reviseCampaign(engine, params.campaign, body, by, timeoutMs),
  "grant.luck": (engine, { params }, timeoutMs) => showLuck(engine, params, timeoutMs),
  "campaign.odds": (engine, { params }, timeoutMs) => showOdds(engine, params.campaign, timeoutMs),
  "campaign.beacon": (engine, { params, body }, timeoutMs) =>
    handInBeacon(engine, params.campaign, body, timeoutMs),
  "campaign.approve": (engine, { params, body, by = "embedded" }, timeoutMs) =>
    approveRevision(engine, params.campaign, body, by, timeoutMs),
  "campaign.reject": (engine, { params, body, by = "embedded" }, timeoutMs) =>
    rejectRevision(engine, params.campaign, body, by, timeoutMs),
  "draw.enter": enterDraw,
  "draw.close": closeDraw,
  "draw.show": showDraw,
  "campaign.pause": (engine, { params }) => changePhase(engine, params.campaign, "pause"),
  "campaign.resume": (engine, { params }) => changePhase(engine, params.campaign, "resume"),
  "campaign.end": (engine, { params }) => changePhase(engine, params.campaign, "end"),
  "campaign.close": (engine, { params }) => changePhase(engine, params.campaign, "close"),
};

/** `asked` tells one read from another: a bug in one must not keep all others out. */
function read<A extends ReturnType<typeof answerBase>>(
  engine: Engine,
  asked: readonly [operation: string, campaign: string, of: unknown],
  decide: (atMs: number) => A,
  timeoutMs?: number,
): Promise<A> {
  return engine.single(LANE.read, decide, () => describeLine(...asked), timeoutMs);
}

function changePhase(
  engine: Engine,
  campaign: string,
  change: "pause" | "resume" | "end" | "close",
): Promise<AnswerOf<"campaign.pause">> {
  return engine.single(
    LANE.redemption,
    (atMs, out) => {
      const open = engine.find(campaign);
      const decided =
        open === undefined
          ? outcome("unknown_campaign")
          : decidePhase(open.state, change, atMs, out);
      const answer = { ...answerBase(decided.status, atMs), campaign };
      return decided.retryAtMs > 0 ? { ...answer, retryAtMs: decided.retryAtMs } : answer;
    },
    () => describeLine(change, campaign, null),
  );
}

function listOffers(
  engine: Engine,
  { params, query }: Call<"offers.list">,
  timeoutMs: number | undefined,
): Promise<AnswerOf<"offers.list">> {
  return engine.single(
    LANE.claim,
    (atMs, out) => {
      const open = engine.find(params.campaign);
      if (open === undefined) return { ...answerBase("unknown_campaign", atMs), offers: [] };
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
    () => describeLine("offers.list", params.campaign, params.user),
    timeoutMs,
  );
}

function showGrant(
  engine: Engine,
  { params }: Call<"grant.show">,
  timeoutMs: number | undefined,
): Promise<AnswerOf<"grant.show">> {
  return read(
    engine,
    ["grant.show", params.campaign, params.grant],
    (atMs) => {
      const open = engine.find(params.campaign);
      if (open === undefined) return answerBase("unknown_campaign", atMs);
      const grant = open.names.grantIds.decode(params.grant);
      if (grant < 0 || grant >= open.state.grantCount) return answerBase("unknown_grant", atMs);
      return { ...answerBase("ok", atMs), grant: grantView(open.state, open.names, grant, atMs) };
    },
    timeoutMs,
  );
}

function listGrants(
  engine: Engine,
  { params, query }: Call<"user.grants">,
  timeoutMs: number | undefined,
): Promise<AnswerOf<"user.grants">> {
  return read(
    engine,
    ["user.grants", params.campaign, [params.user, query.after ?? null]],
    (atMs) => {
      const nothing = { grants: [], more: false };
      const open = engine.find(params.campaign);
      if (open === undefined) return { ...answerBase("unknown_campaign", atMs), ...nothing };
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
  const expected = "the last grant of the page before";
  return new HongbaoError({
    code: "invalid_request",
    message: `$.after: expected ${expected}`,
    details: { path: "$.after", expected, found: "another grant" },
  });
}
