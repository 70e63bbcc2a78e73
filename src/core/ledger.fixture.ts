// A small ledger for unit tests of the core: names instead of keys, every decision applied at once,
// every invariant checked after it.
import { utf8 } from "../base/bytes.ts";
import { KeyedHash } from "../base/keyed-hash.ts";
import { applyEvents } from "./apply.ts";
import { ATTRIBUTES_AT, type Command, emptyCommand, ID_AT, USER_AT } from "./command.ts";
import { decideAssign, decideOffers, decidePhase, type PhaseChange } from "./decide-campaign.ts";
import type { CampaignDefinition } from "./definition.ts";
import { decideEnter } from "./draws/decide-entry.ts";
import { EventWriter, eventKindName } from "./event.ts";
import { decideClaim } from "./grants/decide-claim.ts";
import { decideCancel, decideRedeem, decideReverse } from "./grants/decide-grant.ts";
import { decideSweep, nextSweepAtMs } from "./grants/decide-sweep.ts";
import { violations } from "./invariants.ts";
import { decideAccept } from "./invites/decide-accept.ts";
import { decideInvite } from "./invites/decide-invite.ts";
import { emptyLedger, type LedgerState } from "./ledger-state.ts";
import { decideCover } from "./money/cover.ts";
import { decideUncover } from "./money/decide-uncover.ts";
import type { Note } from "./note.ts";
import { type Opening, writeOpening } from "./opening.ts";
import type { Outcome } from "./outcome.ts";
import { decideRevise } from "./revision/decide-revision.ts";
import type { CampaignState } from "./state.ts";
import { FOR_GOOD } from "./suspicion/blocks.ts";
import { decideBlock, decideUnblock } from "./suspicion/decide-block.ts";
import { decideExtend } from "./suspicion/decide-extend.ts";
import {
  decideClawBack,
  decideHold,
  decideReceive,
  decideRelease,
} from "./suspicion/decide-suspicion.ts";
import { DEFINITION } from "./unit-campaign.fixture.ts";

export interface Ask {
  id: string;
  user?: string;
  offer?: number;
  grant?: number;
  redemption?: string;
  amountMinor?: number;
  notAfterMs?: number;
  paidAtMs?: number;
  arm?: number;
  device?: string;
  shop?: string;
  separate?: boolean;
  ref?: string;
}

const HASH = new KeyedHash(new Uint8Array(16).fill(5));

/** The pseudonym of a name. */
export function keyOf(name: string): Uint32Array {
  const key = new Uint32Array(4);
  HASH.hashText(name, key);
  return key;
}

export type SuspicionStep =
  | "hold"
  | "release"
  | "extend"
  | "clawback"
  | "repay"
  | "cover"
  | "uncover";
type Suspect = typeof decideHold;
const NOTE: Note = { by: utf8("key-1"), why: utf8("a ring"), evidence: utf8("case 7") };
const STEPS: Readonly<Record<SuspicionStep, Suspect>> = {
  hold: decideHold,
  release: decideRelease,
  extend: decideExtend,
  clawback: decideClawBack,
  repay: decideReceive,
  cover: decideCover,
  uncover: decideUncover,
};

export class UnitLedger {
  readonly state: LedgerState;
  readonly campaign: CampaignState;
  /** Kinds of the events that the last step wrote. */
  kinds: string[] = [];
  atMs = 0;
  readonly out: EventWriter = new EventWriter();

  constructor(more: Partial<CampaignDefinition> = {}, hashBits = 32) {
    this.state = emptyLedger(hashBits);
    const opening: Opening = {
      definition: { ...DEFINITION, ...more },
      seedCommitment: "00".repeat(32),
      sealedSeed: "00".repeat(60),
      pseudonymCommitment: "00".repeat(32),
    };
    this.out.reset(0);
    writeOpening(0, opening, 0, this.out);
    const luck = Uint32Array.from({ length: 8 }, (_, i) => i + 1);
    applyEvents(this.state, this.out.words, 0, this.out.length, 0, () => ({ luck, seed: null }));
    this.campaign = this.state.campaigns[0]!;
  }

  claim(ask: Ask): Outcome {
    return this.step((command, out) => decideClaim(this.campaign, command, this.atMs, out), {
      offer: 0,
      ...ask,
    });
  }

  /** Holds, releases, claws back, or books what came in. */
  suspect(step: SuspicionStep, ask: Ask): Outcome {
    const decide = STEPS[step];
    return this.step((command, out) => decide(this.campaign, command, NOTE, this.atMs, out), ask);
  }

  /** Blocks a user, a device or a shop. */
  block(ask: Omit<Ask, "id">, untilMs: number = FOR_GOOD): boolean {
    const named = [ask.user, ask.device, ask.shop].findIndex((one) => one !== undefined);
    return this.step(
      (command, out) => decideBlock(this.campaign, command, named, untilMs, NOTE, this.atMs, out),
      { id: "", ...ask },
    );
  }

  unblock(ask: Omit<Ask, "id">): boolean {
    const named = [ask.user, ask.device, ask.shop].findIndex((one) => one !== undefined);
    return this.step(
      (command, out) => decideUnblock(this.campaign, command, named, NOTE, this.atMs, out),
      { id: "", ...ask },
    );
  }

  /** A code by the terms numbered `offer`. */
  invite(ask: Ask): Outcome {
    return this.step((command, out) => decideInvite(this.campaign, command, this.atMs, out), {
      offer: 0,
      ...ask,
    });
  }

  /** The acceptance of the invite numbered `grant`. */
  accept(ask: Ask): Outcome {
    return this.step((command, out) => decideAccept(this.campaign, command, this.atMs, out), ask);
  }

  /** An entry to the draw numbered `offer`. */
  enter(ask: Ask): Outcome {
    const { offer = 0 } = ask;
    return this.step(
      (command, out) => decideEnter(this.campaign, command, offer, this.atMs, out),
      ask,
    );
  }

  redeem(ask: Ask): Outcome {
    return this.step((command, out) => decideRedeem(this.campaign, command, this.atMs, out), ask);
  }

  cancel(ask: Ask): Outcome {
    return this.step((command, out) => decideCancel(this.campaign, command, this.atMs, out), ask);
  }

  reverse(ask: Ask): Outcome {
    return this.step((command, out) => decideReverse(this.campaign, command, this.atMs, out), ask);
  }

  assign(user: string, audience = 0, arm = -1): Outcome {
    return this.step(
      (command, out) => decideAssign(this.campaign, command, audience, this.atMs, out),
      { id: "", user, arm },
    );
  }

  offers(user: string): number[] {
    return this.step(
      (command, out) => decideOffers(this.campaign, command, () => true, this.atMs, out),
      {
        id: "",
        user,
      },
    );
  }

  phase(change: PhaseChange): Outcome {
    return this.step((_, out) => decidePhase(this.campaign, change, this.atMs, out), { id: "" });
  }

  /** Puts a definition with these changes in force. */
  revise(more: Partial<CampaignDefinition>, moved: readonly number[] = []): Outcome {
    const { campaign } = this;
    const definition = { ...campaign.definition, ...more };
    const version = campaign.version + 1;
    const asked = { version, definition, moved: new Set(moved), by: "test", why: "it says so" };
    return this.step((_, out) => decideRevise(campaign, asked, this.atMs, out), { id: "" });
  }

  sweep(most = 100): boolean {
    return this.step(
      (_, out) => decideSweep(this.campaign, this.atMs, most, out, () => this.apply()),
      { id: "" },
    );
  }

  /** When the next sweep has something to do. */
  nextSweepAtMs(): number {
    return nextSweepAtMs(this.campaign);
  }

  /** What a user, device or shop uses of a cap in the present window. */
  used(capOrdinal: number, row = 0): number {
    const one = this.campaign.caps[capOrdinal]!;
    return one.used(row, this.campaign.calendar.windowAt(one.per, this.atMs));
  }

  private step<A>(decide: (command: Command, out: EventWriter) => A, ask: Ask): A {
    const { out, state } = this;
    out.reset(this.atMs);
    const answer = decide(commandOf(ask), out);
    this.kinds = [];
    for (let at = 0; at < out.length; at += out.words[at]! >>> 16) {
      this.kinds.push(eventKindName(out.words[at]! & 0xff)!);
    }
    this.apply();
    const broken = violations(state);
    if (broken.length > 0) throw new Error(broken.join("; "));
    return answer;
  }

  /** What is written and not applied yet. */
  private apply(): void {
    const { out, state } = this;
    const from = out.applied;
    out.applied = out.length;
    applyEvents(state, out.words, from, out.length, this.atMs);
  }
}

function commandOf(ask: Ask): Command {
  const command = emptyCommand();
  command.keys.set(keyOf(`id ${ask.id}`), ID_AT);
  if (ask.user !== undefined) command.keys.set(keyOf(`user ${ask.user}`), USER_AT);
  if (ask.redemption !== undefined) command.keys.set(keyOf(`id ${ask.redemption}`), USER_AT);
  for (const [i, name] of (["device", "shop"] as const).entries()) {
    const value = ask[name];
    if (value === undefined) continue;
    command.keys.set(keyOf(`${name} ${value}`), ATTRIBUTES_AT + 4 * i);
    command.attributes |= 1 << i;
  }
  command.offer = ask.offer ?? -1;
  command.grant = ask.grant ?? -1;
  command.amountMinor = ask.amountMinor ?? 0;
  command.notAfterMs = ask.notAfterMs ?? 0;
  command.paidAtMs = ask.paidAtMs ?? 0;
  command.separate = ask.separate ?? false;
  command.arm = ask.arm ?? -1;
  command.ref = ask.ref === undefined ? null : new TextEncoder().encode(ask.ref);
  return command;
}
