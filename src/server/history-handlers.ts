// Histories: the engine says whose is asked for, the log's thread reads it, so that no look at the
// past waits in the writer's way.
import {
  type CampaignFileAnswer,
  type CampaignFileQuery,
  type GrantHistoryAnswer,
  invalidRequest,
  type OperationName,
  type VersionsAnswer,
  writeCampaign,
} from "../contract/index.ts";
import type { CampaignDefinition } from "../core/definition.ts";
import {
  type CampaignTarget,
  campaignEvent,
  campaignTarget,
  grantEvent,
  grantHistoryTarget,
  offerIds,
} from "../host/history-target.ts";
import type { LogFollower } from "../transparency/log-follower.ts";
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
    const { campaign: id } = params;
    const found = await campaignTarget(engine, "campaign.versions", id!, service.requestTimeoutMs);
    const { target, ...base } = found;
    if (target === undefined) return send(call, base);
    const { campaign } = target;
    const { events, more } = await log.ask("campaignHistory", { campaign, upTo: base.sequence });
    const offers = offerIds(target.definition);
    const history = events.map((event) => campaignEvent(event, offers));
    send<VersionsAnswer>(call, { ...base, history, more });
  },
  "campaign.file": async (call) => {
    const { service, params } = call;
    const id = params.campaign!;
    const engine = engineOf(service);
    const found = await campaignTarget(engine, "campaign.file", id, service.requestTimeoutMs);
    const { target, ...base } = found;
    if (target === undefined) return send(call, { ...base, campaign: id });
    const { version: asked = String(target.version) } = call.query as CampaignFileQuery;
    const version = Number(asked);
    const definition =
      version === target.version
        ? target.definition
        : await definitionOf(logOf(service), target, version, base.sequence);
    const { yaml, problems } = writeCampaign(definition, version);
    send<CampaignFileAnswer>(call, {
      ...{ ...base, campaign: id, version },
      ...(yaml === null ? { definition, problems } : { yaml }),
    });
  },
};

/** The rules of an earlier version, from the event that put them in force. */
async function definitionOf(
  log: LogFollower,
  { campaign, version: last }: CampaignTarget,
  version: number,
  upTo: number,
): Promise<CampaignDefinition> {
  if (version > last) {
    throw invalidRequest("$.version", `a version from 0 to ${last}`, String(version));
  }
  const { events } = await log.ask("campaignHistory", { campaign, upTo });
  const event = events.find((one) =>
    version === 0 ? one.type === "opened" : one.type === "revised" && one.version === version,
  );
  if (event !== undefined) return event.definition as CampaignDefinition;
  const expected = "a version among the newest 300 events of the campaign, which are read";
  throw invalidRequest("$.version", expected, `${version}, which is older`);
}
