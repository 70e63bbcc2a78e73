// What a campaign is given from outside, and the phase that its operator put it in.

export type Phase = "open" | "paused" | "ended" | "closed";

/** Secrets of a campaign that decisions need; they never reach the journal in the clear. */
export interface CampaignKeys {
  /** Eight words, from the committed seed (and the beacon). Null: no lucky decision is made. */
  luck: Uint32Array | null;
  /** The committed seed, 32 bytes, revealed at the close. */
  seed: Uint8Array | null;
}
