// From a validated request to a command of the core, and which decision it wants.

import { utf8 } from "../../base/bytes.ts";
import { deriveKey } from "../../base/hash.ts";
import { LIMITS } from "../../base/limits.ts";
import { invalidRequest } from "../../contract/errors.ts";
import type { CancelInput } from "../../contract/schema/cancel.ts";
import type { ClaimInput } from "../../contract/schema/claim.ts";
import type { EnterInput } from "../../contract/schema/draw.ts";
import type { AcceptInput, InviteInput } from "../../contract/schema/invite.ts";
import type { RedeemInput } from "../../contract/schema/redeem.ts";
import type { ReverseInput } from "../../contract/schema/reverse.ts";
import type { Command } from "../../core/command.ts";
import type { CampaignDefinition } from "../../core/definition.ts";
import { checkedAmount, checkedInstant, checkedText } from "../checked-input.ts";
import { GrantIds } from "../grant-id.ts";
import { InviteCodes } from "../invites/invite-codes.ts";
import { Eligibility } from "../lists/eligibility.ts";
import { Pseudonyms } from "../pseudonyms.ts";

/** The arm that holds out, as callers name it. */
const HOLDOUT = "holdout";

/** What the host knows of a campaign beside its state: names, keys, ids. */
export class CampaignNames {
  /** As it is now: revisions replace it. */
  definition: CampaignDefinition;
  pseudonyms!: Pseudonyms;
  private readonly pseudonymKey: Uint8Array;
  readonly grantIds: GrantIds;
  readonly eligibility: Eligibility;
  readonly inviteCodes: InviteCodes;
  private invites!: Map<string, number>;
  private offers!: Map<string, number>;
  private arms!: Map<string, number>;
  private audiences!: Map<string, number>;

  constructor(definition: CampaignDefinition, pseudonymKey: Uint8Array) {
    this.definition = definition;
    this.pseudonymKey = pseudonymKey;
    const grantKey = deriveKey(pseudonymKey, "hongbao/grant-id/1", 16);
    this.grantIds = new GrantIds(grantKey, definition.rehearsal === true);
    this.eligibility = new Eligibility();
    this.inviteCodes = new InviteCodes(deriveKey(pseudonymKey, "hongbao/invite/1", 16));
    this.revise(definition);
  }

  /** Takes the names of a revised definition. */
  revise(definition: CampaignDefinition): void {
    this.definition = definition;
    this.pseudonyms = new Pseudonyms(this.pseudonymKey, definition.attributes);
    this.offers = ordinals(definition.offers.map((offer) => offer.id));
    this.invites = ordinals((definition.invites ?? []).map((invite) => invite.id));
    this.audiences = ordinals(definition.audiences.map((audience) => audience.id));
    const variants = definition.assignment.variants.map((variant) => variant.id);
    this.arms = ordinals([HOLDOUT, ...variants]);
    this.eligibility.revise(definition);
  }

  offerOrdinal(id: string): number {
    return this.offers.get(id) ?? -1;
  }

  audienceOrdinal(id: string): number {
    return this.audiences.get(id) ?? -1;
  }

  /** The name of an arm. */
  armName(arm: number): string {
    return arm === 0 ? HOLDOUT : (this.definition.assignment.variants[arm - 1]?.id ?? "treated");
  }

  /** The ordinal of a given arm; -1 when none was given. */
  armOrdinal(variant: string | undefined): number {
    if (variant === undefined) return -1;
    const arm = this.arms.get(variant);
    if (arm !== undefined) return arm;
    const expected = `one of ${[...this.arms.keys()].join(", ")}`;
    throw invalidRequest("$.variant", expected, "another name");
  }

  fillClaim(command: Command, input: ClaimInput): void {
    clear(command);
    this.pseudonyms.setId(command, input.id);
    this.pseudonyms.setUser(command, input.user);
    this.pseudonyms.setAttributes(command, input.attributes);
    command.offer = this.offerOrdinal(input.offer);
    command.arm = this.givenArm(input.variant);
    command.notAfterMs = checkedInstant("notAfterMs", input.notAfterMs);
    command.ref = markOf(input.ref);
  }

  fillInvite(command: Command, input: InviteInput): void {
    clear(command);
    this.pseudonyms.setId(command, input.id);
    this.pseudonyms.setUser(command, input.user);
    this.pseudonyms.setAttributes(command, input.attributes);
    const invite = checkedText("invite", input.invite, LIMITS.idBytes);
    command.offer = this.invites.get(invite) ?? -1;
    command.arm = this.givenArm(input.variant);
    command.notAfterMs = checkedInstant("notAfterMs", input.notAfterMs);
  }

  /** @param invites how many there are: a code is of one of them */
  fillAccept(command: Command, input: AcceptInput, invites: number): void {
    clear(command);
    this.pseudonyms.setId(command, input.id);
    this.pseudonyms.setUser(command, input.user);
    this.pseudonyms.setAttributes(command, input.attributes);
    const code = checkedText("code", input.code, LIMITS.inviteTextBytes);
    command.grant = this.inviteCodes.read(code, invites);
    command.arm = this.givenArm(input.variant);
    command.notAfterMs = checkedInstant("notAfterMs", input.notAfterMs);
    command.ref = markOf(input.ref);
  }

  fillRedeem(command: Command, input: RedeemInput): void {
    clear(command);
    this.pseudonyms.setId(command, input.id);
    this.pseudonyms.setAttributes(command, input.attributes);
    command.grant = this.grantOrdinal(input.grant);
    command.amountMinor = checkedAmount("amountMinor", input.amountMinor);
    command.paidAtMs = checkedInstant("paidAtMs", input.paidAtMs);
    command.notAfterMs = checkedInstant("notAfterMs", input.notAfterMs);
  }

  fillCancel(command: Command, input: CancelInput): void {
    clear(command);
    this.pseudonyms.setId(command, input.id);
    command.grant = this.grantOrdinal(input.grant);
  }

  /** -1 for text that is no grant of this campaign. */
  private grantOrdinal(grant: string): number {
    return this.grantIds.decode(checkedText("grant", grant, LIMITS.idBytes));
  }

  fillReverse(command: Command, input: ReverseInput): void {
    clear(command);
    this.pseudonyms.setId(command, input.id);
    this.pseudonyms.setRedemption(command, input.redemption);
  }

  fillEntry(command: Command, input: EnterInput): void {
    clear(command);
    this.pseudonyms.setId(command, input.id);
    this.pseudonyms.setUser(command, input.user);
    command.arm = this.givenArm(input.variant);
    command.notAfterMs = checkedInstant("notAfterMs", input.notAfterMs);
  }

  fillUser(command: Command, user: string, variant: string | undefined): void {
    clear(command);
    this.pseudonyms.setUser(command, user);
    command.arm = this.givenArm(variant);
  }

  /** A variant where assignment is by hash would be ignored: it is refused instead. */
  private givenArm(variant: string | undefined): number {
    if (variant === undefined || this.definition.assignment.source === "given") {
      return this.armOrdinal(variant);
    }
    const expected = "no variant, since this campaign assigns by hash";
    throw invalidRequest("$.variant", expected, "a variant");
  }
}

function markOf(ref: string | undefined): Uint8Array | null {
  return ref === undefined ? null : utf8(checkedText("ref", ref, LIMITS.refBytes));
}

function ordinals(ids: string[]): Map<string, number> {
  return new Map(ids.map((id, ordinal) => [id, ordinal]));
}

function clear(command: Command): void {
  const { keys } = command;
  for (let i = 0; i < keys.length; i++) keys[i] = 0; // quicker than a call of `fill`
  command.attributes = 0;
  command.offer = -1;
  command.grant = -1;
  command.amountMinor = 0;
  command.notAfterMs = 0;
  command.paidAtMs = 0;
  command.arm = -1;
  command.ref = null;
  command.separate = false;
  command.eligible = true;
}
