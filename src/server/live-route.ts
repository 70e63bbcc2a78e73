// The live stream of a campaign as server-sent events.
import type { ServerResponse } from "node:http";
import { LIMITS } from "../base/limits.ts";
import { contractError } from "../contract/index.ts";
import { ANSWER_HEADERS } from "./answer-headers.ts";
import { LiveHub } from "./live-hub.ts";
import type { OperationCall } from "./operation-call.ts";
import { engineOf, type Service } from "./service.ts";

const HUBS = new WeakMap<Service, LiveHub>();

export function liveStreams(service: Service): number {
  return HUBS.get(service)?.streams ?? 0;
}

export function streamLive({ service, params, request, reply }: OperationCall): void {
  const engine = engineOf(service);
  const campaign = params.campaign!;
  const open = engine.find(campaign);
  if (open === undefined) {
    throw contractError("not_found", `this server has no campaign ${campaign}`);
  }
  if (service.gate.isClosed) {
    throw contractError("shutting_down", "the server is stopping; no stream was opened");
  }
  if (liveStreams(service) >= LIMITS.liveStreams) {
    const message = `${LIMITS.liveStreams} live streams are open, which is the most there may be`;
    throw contractError("overloaded", message);
  }
  reply.hijack();
  service.metrics.count("live", "ok");
  const isTrusted = (): boolean => service.access.isTrusted(request.raw);
  begin(reply.raw);
  hubOf(service).add(campaign, open.state.ordinal, { response: reply.raw, isTrusted });
}

function hubOf(service: Service): LiveHub {
  const known = HUBS.get(service);
  if (known !== undefined) return known;
  const hub = new LiveHub(service);
  HUBS.set(service, hub);
  return hub;
}

function begin(response: ServerResponse): void {
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    ...ANSWER_HEADERS,
    "x-accel-buffering": "no",
  });
  response.write("retry: 1000\n\n");
}
