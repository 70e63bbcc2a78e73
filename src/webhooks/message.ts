// An event as it is sent: a stable id, the body's bytes, and the lane in which it waits its turn.
import { createHash } from "node:crypto";
import { WEBHOOK_VERSION, type WebhookEvent } from "../contract/schema/webhook.ts";
import type { StreamedEvent } from "../host/event-stream.ts";

export interface Message {
  /** Of the event, not of the attempt: a receiver that met it before may pass it over. */
  readonly id: string;
  readonly sequence: number;
  readonly index: number;
  readonly type: string;
  readonly campaign: string;
  readonly atMs: number;
  /** Messages of one lane go one after the other. */
  readonly lane: string;
  readonly body: string;
}

export function messageOf(ledgerId: string, event: StreamedEvent): Message {
  const { type, sequence, index, campaign, atMs, ...fields } = event;
  const payload: WebhookEvent = {
    type,
    timestamp: new Date(atMs).toISOString(),
    data: {
      version: WEBHOOK_VERSION,
      ledger: ledgerId,
      sequence,
      index,
      campaign,
      atMs,
      ...fields,
    },
  };
  const id = messageId(ledgerId, sequence, index);
  const body = JSON.stringify(payload);
  return { id, sequence, index, type, campaign, atMs, lane: laneOf(event), body };
}

/** No part of it can be chosen from outside, and it has no full stop. */
export function messageId(ledgerId: string, sequence: number, index: number): string {
  const hash = createHash("sha256").update("hongbao/webhook/1").update(ledgerId);
  return `msg_${hash.update(`\0${sequence}.${index}`).digest("hex").slice(0, 32)}`;
}

/** A grant's events follow each other, before it the user's, and those of the campaign itself. */
function laneOf({ campaign, grant, user }: StreamedEvent): string {
  if (typeof grant === "number") return `${campaign}/grant/${grant}`;
  return typeof user === "string" ? `${campaign}/user/${user}` : campaign;
}
