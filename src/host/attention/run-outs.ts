// When the money of each campaign will be gone, drawn now and then: a forecast looks at thousands
// of grants, so that whoever asks of all campaigns gets what was drawn last.
import type { RunOut } from "../../contract/schema/outlook.ts";
import type { LedgerState } from "../../core/ledger-state.ts";
import type { CampaignState } from "../../core/state.ts";
import { runOutAt } from "../outlook/outlook.ts";

/** A forecast is drawn anew after that, and any two are drawn that far from each other. */
const RENEW_MS = 15_000;
const APART_MS = 500;

type Forecast = (campaign: CampaignState, atMs: number) => RunOut | null;

interface Drawn {
  readonly atMs: number;
  readonly runOut: RunOut | null;
}

export class RunOuts {
  private readonly forecast: Forecast;
  private readonly drawn = new WeakMap<CampaignState, Drawn>();
  private lastAtMs = Number.NEGATIVE_INFINITY;

  constructor(forecast: Forecast = runOutAt) {
    this.forecast = forecast;
  }

  /** Draws one forecast anew at most, that which is due for longest. */
  renew(campaigns: readonly CampaignState[], atMs: number): void {
    if (atMs - this.lastAtMs < APART_MS) return;
    let due: CampaignState | null = null;
    let dueSinceMs = atMs - RENEW_MS + 1;
    for (const campaign of campaigns) {
      const drawnAtMs = this.drawn.get(campaign)?.atMs ?? Number.NEGATIVE_INFINITY;
      if (drawnAtMs >= dueSinceMs || !takesClaims(campaign, atMs)) continue;
      due = campaign;
      dueSinceMs = drawnAtMs;
    }
    if (due === null) return;
    this.drawn.set(due, { atMs, runOut: this.forecast(due, atMs) });
    this.lastAtMs = atMs;
  }

  /** What was drawn last; null: nothing, or no forecast can be made. */
  of(campaign: CampaignState): RunOut | null {
    return this.drawn.get(campaign)?.runOut ?? null;
  }
}

function takesClaims({ phase, definition }: CampaignState, atMs: number): boolean {
  return phase === "open" && definition.startsAtMs <= atMs && atMs < definition.endsAtMs;
}

const OF_LEDGER = new WeakMap<LedgerState, RunOuts>();

/** Those of a ledger, as long as it is in memory. */
export function runOutsOf(ledger: LedgerState): RunOuts {
  const known = OF_LEDGER.get(ledger);
  if (known !== undefined) return known;
  const fresh = new RunOuts();
  OF_LEDGER.set(ledger, fresh);
  return fresh;
}
