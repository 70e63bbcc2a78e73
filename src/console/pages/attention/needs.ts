// All that needs somebody, of the campaigns and of the server, as one list: the most urgent first.
import type { AnswerOf } from "../../../client/index.ts";
import type { Webhook } from "../settings/webhook-queries.ts";

export type Summary = AnswerOf<"campaign.list">["campaigns"][number];
export type ServerStatus = AnswerOf<"server.status">;

export type CampaignNeed = Summary["attention"][number];

export type ServerNeed =
  | { kind: "not_ready"; why: string }
  | { kind: "page_cache" }
  | { kind: "disk_low"; freeBytes: number; allBytes: number }
  | { kind: "dead"; endpoint: string; url: string; count: number };

export type Need =
  | { of: Summary; what: CampaignNeed }
  /** Of the server itself. */
  | { of: null; what: ServerNeed };

/** Below it the next segments may not find room. */
const LOW_SHARE = 0.1;

/** What stops rewards now comes first, then what will, then what waits for somebody. */
const BY_URGENCY: readonly Need["what"]["kind"][] = [
  "not_ready",
  "page_cache",
  "paused",
  "dry",
  "round",
  "disk_low",
  "runs_out",
  "limit",
  "proposal",
  "held",
  "dead",
  "contingency",
  "receivable",
  "closable",
];

/** Stops rewards, or loses what was promised. */
export function isUrgent({ what }: Need): boolean {
  if (what.kind === "round") return what.isOverdue;
  return ["not_ready", "page_cache", "paused", "dry"].includes(what.kind);
}

export function needsOf(
  campaigns: readonly Summary[],
  status: ServerStatus | undefined,
  webhooks: readonly Webhook[],
): Need[] {
  const needs: Need[] = [
    ...serverNeeds(status, webhooks).map((what) => ({ of: null, what })),
    ...campaigns.flatMap((of) => of.attention.map((what) => ({ of, what }))),
  ];
  return needs.sort((a, b) => {
    const byKind = rank(a) - rank(b);
    return byKind !== 0 ? byKind : dueAtMs(a) - dueAtMs(b);
  });
}

export function isDiskLow({ log }: Pick<ServerStatus, "log">): boolean {
  return log !== undefined && log.diskFreeBytes < LOW_SHARE * log.diskBytes;
}

function serverNeeds(status: ServerStatus | undefined, webhooks: readonly Webhook[]): ServerNeed[] {
  const dead = webhooks.flatMap(({ endpoint, url, dead: count }): ServerNeed[] => {
    return count === 0 ? [] : [{ kind: "dead", endpoint, url, count }];
  });
  if (status === undefined) return dead;
  const { ready, reason, durability, log } = status;
  return [
    ...(ready ? [] : [{ kind: "not_ready", why: reason ?? "" } as const]),
    ...(durability === "synced" ? [] : [{ kind: "page_cache" } as const]),
    ...(log !== undefined && isDiskLow(status)
      ? [{ kind: "disk_low", freeBytes: log.diskFreeBytes, allBytes: log.diskBytes } as const]
      : []),
    ...dead,
  ];
}

/** A round that is not out yet waits by itself. */
function rank(need: Need): number {
  const { what } = need;
  if (what.kind === "round" && !what.isOverdue) return BY_URGENCY.length;
  return BY_URGENCY.indexOf(what.kind);
}

/** Of one kind the soonest comes first. */
function dueAtMs({ what }: Need): number {
  if (what.kind === "runs_out") return what.atMs;
  return what.kind === "round" ? what.dueAtMs : 0;
}
