// Checkpoints and receipts: what the log's thread answers. The engine only says which event is
// meant, so that nothing here waits in the writer's way longer than a read.
import {
  type ConsistencyQuery,
  contractError,
  type OperationName,
  type ReceiptAnswer,
} from "../contract/index.ts";
import { grantTarget, redemptionTarget, type TargetAnswer } from "../host/receipt-target.ts";
import type { LogFollower } from "../transparency/log-follower.ts";
import { type OperationCall, send } from "./operation-call.ts";
import { engineOf, type Service } from "./service.ts";

type Handler = (call: OperationCall) => Promise<void>;

export const RECEIPT_HANDLERS: { readonly [N in OperationName]?: Handler } = {
  "checkpoint.show": async ({ service, reply }) => {
    void reply.send(await logOf(service).ask("checkpoint", null));
  },
  "checkpoint.text": async ({ service, reply }) => {
    const { note } = await logOf(service).ask("checkpoint", null);
    void reply.header("content-type", "text/plain; charset=utf-8").send(note);
  },
  "checkpoint.consistency": async ({ service, query, reply }) => {
    const { old, size } = query as ConsistencyQuery;
    const input = { old: Number(old), size: size === undefined ? null : Number(size) };
    const answer = await logOf(service).ask("consistency", input);
    if (answer !== null) {
      void reply.send(answer);
      return;
    }
    const expected = "sizes of which the old one is no larger, up to the last checkpoint's";
    const found = `${old} and ${size ?? "the last checkpoint's"}`;
    const details = { path: "$.old", expected, found };
    throw contractError("invalid_request", `expected ${expected}, found ${found}`, details);
  },
  "grant.receipt": async (call) => {
    const { service, params } = call;
    const log = logOf(service);
    const { requestTimeoutMs } = service;
    const { campaign, grant } = params;
    const found = await grantTarget(engineOf(service), campaign!, grant!, requestTimeoutMs);
    await sendReceipt(call, log, found);
  },
  "redemption.receipt": async (call) => {
    const { service, params, caller } = call;
    const log = logOf(service);
    const { requestTimeoutMs } = service;
    const { campaign, redemption } = params;
    const engine = engineOf(service);
    const { merchant } = caller!;
    const found = await redemptionTarget(
      engine,
      campaign!,
      redemption!,
      merchant,
      requestTimeoutMs,
    );
    await sendReceipt(call, log, found);
  },
};

async function sendReceipt(
  call: OperationCall,
  log: LogFollower,
  { target, ...base }: TargetAnswer,
): Promise<void> {
  if (target === undefined) return send(call, base);
  const found = await log.ask("receipt", target);
  const answer: ReceiptAnswer =
    "receipt" in found
      ? { ...base, receipt: found.receipt }
      : {
          ...base,
          status: "checkpoint_pending",
          retryAtMs: base.atMs + Math.ceil(found.retryAfterMs),
        };
  send(call, answer);
}

export function logOf(service: Service): LogFollower {
  if (service.follower !== null) return service.follower;
  engineOf(service); // not ready is another answer
  throw contractError("receipts_unavailable", "this server runs without receipts");
}
