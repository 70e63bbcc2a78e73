// A claim as the command that the Lua script takes. The fingerprint of the content is made here, in
// the caller, as a service in front of Redis would.
import type { CampaignDefinition } from "../../src/core/definition.ts";
import type { BenchClaim } from "../workload.ts";
import type { ClaimScript } from "./claim-script.ts";
import { encodeCommand } from "./resp.ts";

const HOUR_MS = 3_600_000;

export function claimCommand(
  script: ClaimScript,
  campaign: CampaignDefinition,
  claim: BenchClaim,
  nowMs: number,
): string {
  const { id, user, offer, attributes } = claim;
  const { device, ip } = attributes;
  const [day, hour] = windowsAt(campaign, nowMs);
  const fingerprint = fingerprintOf(`${user}\n${offer}\n${device}\n${ip}`);
  const times = [String(nowMs), String(nowMs + 60_000), String(day), String(hour)];
  const draw = String(hashOf(campaign.assignment.salt + user, 0x811c9dc5) >>> 0);
  const values: Record<string, string> = attributes;
  return encodeCommand([
    "EVALSHA",
    script.sha,
    "0",
    ...[id, fingerprint, user, offer],
    ...times,
    draw,
    ...campaign.attributes.map((name) => values[name] ?? ""),
  ]);
}

let known: { campaign: CampaignDefinition; untilMs: number; windows: [number, number] } | null =
  null;

/** Ordinals of the campaign's local day and hour; looked up once an hour. */
function windowsAt(campaign: CampaignDefinition, nowMs: number): [number, number] {
  if (known?.campaign === campaign && nowMs < known.untilMs) return known.windows;
  const day = campaign.dayStartsMs.findLastIndex((start) => start <= nowMs);
  const hour = Math.floor((nowMs - (campaign.dayStartsMs[0] ?? 0)) / HOUR_MS);
  const untilMs = nowMs - (nowMs % HOUR_MS) + HOUR_MS;
  known = { campaign, untilMs, windows: [day, hour] };
  return known.windows;
}

// FNV-1a with two starts: cheap, and enough where nobody attacks his own benchmark.
function fingerprintOf(text: string): string {
  const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, "0");
  return hex(hashOf(text, 0x811c9dc5)) + hex(hashOf(text, 0x1000193));
}

function hashOf(text: string, start: number): number {
  let hash = start;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d); // FNV's high bits alone are not even.
  return hash ^ (hash >>> 13);
}
