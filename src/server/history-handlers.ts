// Histories: the engine says whose is asked for, the log's thread reads it, so that no look at the
// past waits in the writer's way.
import type { GrantHistoryAnswer, OperationName, VersionsAnswer } from "../contract/index.ts";
import {
  campaignEvent,
  campaignHistoryTarget,
  grantEvent,
  grantHistoryTarget,
  offerIds,
} from "../host/history-target.ts";
import { type OperationCall, send } from "./operation-call.ts";
import { logOf } from "./receipt-handlers.ts";
import { engineOf } from "./service.ts";

type Handler = (call: OperationCall) => Promise<void>;

export const HISTORY_HANDLERS: { readonly [N in OperationName]?: Handler } = {
  "grant.history": async (call) => {
    const { service, params } = call;
    const log = logOf(service);
    const engine = engineOf(service);
    const { campaign, grant } = params;
    const found = await grantHistoryTarget(engine, campaign!, grant!, service.requestTimeoutMs);
    const { target, ...base } = found;
    if (target === undefined) return send(call, base);
    const { events, more } = await log.ask("grantHistory", { target, upTo: base.sequence });
    const { grantIds } = engine.find(campaign!)!.names;
    const idOf = (ordinal: number): string => grantIds.encode(ordinal);
    const history = events.map((event) => grantEvent(event, target.grant, idOf));
    send<GrantHistoryAnswer>(call, { ...base, history, more });
  },
  "campaign.versions": async (call) => {
    const { service, params } = call;
    const log = logOf(service);
    const engine = engineOf(service);
    const found = await campaignHistoryTarget(engine, params.campaign!, service.requestTimeoutMs);
    const { campaign, ...base } = found;
    if (campaign === undefined) return send(call, base);
    const { events, more } = await log.ask("campaignHistory", { campaign, upTo: base.sequence });
    const offers = offerIds(engine.find(params.campaign!)!.state.definition);
    const history = events.map((event) => campaignEvent(event, offers));
    send<VersionsAnswer>(call, { ...base, history, more });
  },
};
