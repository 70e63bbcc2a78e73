// The campaigns of a ledger as the host knows them: their state, and beside it their names and
// secrets, which no journal holds in the clear.

import type { CampaignKeys } from "../core/campaign-keys.ts";
import type { LedgerState } from "../core/ledger-state.ts";
import { FOR_CAMPAIGN } from "../core/luck/beacon.ts";
import { workingKey } from "../core/luck/luck.ts";
import type { Opening } from "../core/opening.ts";
import type { CampaignState } from "../core/state.ts";
import { AnswerTally } from "./live/answer-tally.ts";
import { openSecrets, type SecretStore } from "./secrets.ts";
import { CampaignNames } from "./writer/request.ts";

export interface OpenCampaign {
  state: CampaignState;
  names: CampaignNames;
  /** What it has answered since the start. */
  answers: AnswerTally;
}

export class OpenCampaigns {
  private readonly state: LedgerState;
  private readonly secrets: SecretStore;
  private readonly ledgerId: string;
  private readonly names: CampaignNames[] = [];
  private readonly answers: AnswerTally[] = [];
  /** Secrets of campaigns whose opening event was not applied yet, by ordinal. */
  private readonly keys = new Map<number, CampaignKeys>();

  constructor(state: LedgerState, secrets: SecretStore, ledgerId: string) {
    this.state = state;
    this.secrets = secrets;
    this.ledgerId = ledgerId;
  }

  /**
   * Opens a campaign's secrets and makes its names known; its state may follow.
   * @returns its ordinal
   */
  async introduce(opening: Opening, keys: CampaignKeys): Promise<number> {
    const ordinal = this.names.length;
    const opened = await openSecrets(this.secrets, this.ledgerId, ordinal, opening);
    keys.seed = opened.seed;
    keys.luck = luckOf(opening, opened.seed, this.state.campaigns[ordinal]);
    this.keys.set(ordinal, keys);
    this.names[ordinal] = new CampaignNames(opening.definition, opened.pseudonymKey);
    this.answers[ordinal] = new AnswerTally();
    return ordinal;
  }

  /** Takes back an introduction whose opening was refused. */
  forget(ordinal: number): void {
    if (this.state.campaigns.length > ordinal) return;
    this.names.length = ordinal;
    this.keys.delete(ordinal);
  }

  find(campaign: string): OpenCampaign | undefined {
    const state = this.state.byId.get(campaign);
    if (state === undefined) return undefined;
    const names = this.names[state.ordinal]!;
    if (names.definition !== state.definition) names.revise(state.definition);
    return { state, names, answers: this.answers[state.ordinal]! };
  }

  /** The secrets for the campaign whose opening event is applied now. */
  readonly keysOf = (ordinal: number): CampaignKeys =>
    this.keys.get(ordinal) ?? { luck: null, seed: null };
}

/** Null while the promised round of the beacon is not in: nothing is drawn before. */
function luckOf(
  { definition }: Opening,
  seed: Uint8Array,
  state: CampaignState | undefined,
): Uint32Array | null {
  if (definition.beacon === undefined) return workingKey(seed, null);
  const randomness = state?.randomnessFor(FOR_CAMPAIGN) ?? null;
  return randomness === null ? null : workingKey(seed, randomness);
}
