// The campaign that ours and the peers decide under: examples/qwen-2026 with the money of the real
// one (the example is at 1 : 1000), moved in time by whole days so that its first wave is open now,
// since servers read the real clock.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dayStarts } from "../src/base/time.ts";
import { claimsOnly } from "../src/contract/campaign-file/claims-only.ts";
import {
  parseCampaignFile,
  requireCampaign,
} from "../src/contract/campaign-file/parse-campaign.ts";
import type { CampaignDefinition, OfferDefinition } from "../src/core/definition.ts";
import { ROOT } from "./root.ts";

const FILE = join(ROOT, "examples", "qwen-2026", "campaign.yaml");
const DAY_MS = 86_400_000;
const SCALE = 1000;

/** The offer that all claims are for: 25 yuan, in the first wave. */
export const CARD = "card";

/** What claims meet of it: all that a peer has to decide. */
export function benchCampaign(nowMs: number): CampaignDefinition {
  return claimsOnly(wholeCampaign(nowMs));
}

/** With its invites, its draw and its compensation, which claims do not meet. */
export function wholeCampaign(nowMs: number): CampaignDefinition {
  const file = requireCampaign(parseCampaignFile(readFileSync(FILE, "utf8"), FILE));
  const today = dayStarts(file.timeZone, nowMs, nowMs)[0] ?? nowMs;
  // Shanghai knows no daylight saving: midnights stay midnights when moved by whole days.
  const byMs = today - DAY_MS - file.startsAtMs;
  if (byMs % DAY_MS !== 0) throw new Error(`expected whole days, got ${byMs} ms`);
  return {
    ...file,
    budgetMinor: file.budgetMinor * SCALE,
    startsAtMs: file.startsAtMs + byMs,
    endsAtMs: file.endsAtMs + byMs,
    closesAtMs: file.closesAtMs + byMs,
    waves: file.waves.map((wave) => ({
      ...wave,
      fromMs: wave.fromMs + byMs,
      toMs: wave.toMs + byMs,
      budgetMinor: wave.budgetMinor === null ? null : wave.budgetMinor * SCALE,
    })),
    offers: file.offers.map((offer) => ({ ...offer, expiry: movedExpiry(offer, byMs) })),
    caps: file.caps.map((cap) => {
      const ofWave = cap.id.startsWith("wave-budget:");
      return ofWave ? { ...cap, limit: cap.limit * SCALE } : cap;
    }),
    dayStartsMs: file.dayStartsMs.map((start) => start + byMs),
    draws: (file.draws ?? []).map((draw) => ({
      ...draw,
      opensAtMs: draw.opensAtMs + byMs,
      closesAtMs: draw.closesAtMs + byMs,
    })),
    invites: (file.invites ?? []).map((invite) => ({
      ...invite,
      fromMs: invite.fromMs + byMs,
      toMs: invite.toMs + byMs,
    })),
  };
}

function movedExpiry({ expiry }: OfferDefinition, byMs: number): OfferDefinition["expiry"] {
  return expiry.kind === "at" ? { kind: "at", atMs: expiry.atMs + byMs } : expiry;
}
