// What the people who run the campaign do about resellers: hold what many accounts got on one
// device, have a sample looked at, and a day later claw back or release, by what the app's own log
// says of each device. Nothing here knows what the crowd knows of itself.
import { HongbaoError } from "../../base/error.ts";
import type { Client } from "../../client/index.ts";
import type { ActAnswer, SuspectFilter } from "../../contract/index.ts";
import type { SampledGrant, SuspectStep } from "../../contract/schema/suspects.ts";
import { requireStatus } from "./require-status.ts";
import type { SharedDevice } from "./shared-devices.ts";

export interface ResellerOptions {
  readonly admin: Client;
  readonly campaign: string;
  /** What the app's log says of devices that several rewarded accounts share. */
  readonly sharedDevices: (atMs: number) => readonly SharedDevice[];
  /** Lets those come again who could not spend what was held: how many people they are. */
  readonly comeAgain: () => number;
}

/** What was done; what it came to is in the journal. */
export interface ResellerDeeds {
  readonly heldAtMs: number;
  readonly judgedAtMs: number;
  /** Drawn by chance of all that was held, for people to look at. */
  readonly audited: readonly SampledGrant[];
  readonly farms: number;
  /** Who could not spend a reward while it was held, and then came again. */
  readonly turnedAway: number;
  /** What was spent of what was clawed back. */
  readonly owedMinor: number;
}

/** A person has at most 21 rewards in a campaign, and 6 a day. */
export const RING_ABOVE = 20;
const AUDITED = 100;

/** Half of a counter's guests come again within days, and of a farm's accounts nobody. */
const CAME_AGAIN_LEAST = 0.1;

/** Why something is done, and where the evidence lies. */
interface Grounds {
  readonly why: string;
  readonly evidence?: string;
}

const VISITS = "the app's log of visits";
const RING: Grounds = { why: "More than twenty rewards on one device" };
const FARM: Grounds = { why: "Accounts of one device, none of which is used", evidence: VISITS };
const COUNTER: Grounds = { why: "Guests of a shop that lends its tablet", evidence: VISITS };

export class Resellers {
  private readonly options: ResellerOptions;
  private heldAtMs = 0;
  private audited: readonly SampledGrant[] = [];
  private judged: Omit<ResellerDeeds, "heldAtMs" | "audited"> | null = null;

  constructor(options: ResellerOptions) {
    this.options = options;
  }

  /** Null before both steps are done. */
  get deeds(): ResellerDeeds | null {
    const { heldAtMs, audited, judged } = this;
    return judged === null ? null : { heldAtMs, audited, ...judged };
  }

  async hold(atMs: number): Promise<void> {
    const { admin, campaign } = this.options;
    const above = { by: "device", above: RING_ABOVE };
    // What is spent already cannot be held, and is left alone.
    await this.act({ ring: above }, "hold", RING);
    const sample = await admin.suspects.sample({ campaign, suspects: AUDITED, others: 0 });
    requireStatus("suspects.sample", sample.status, "ok");
    this.audited = sample.suspects!.sample;
    this.heldAtMs = atMs;
  }

  /** Farms lose what they have and get nothing more; whatever else is held is released. */
  async judge(atMs: number): Promise<void> {
    const { admin, campaign, sharedDevices, comeAgain } = this.options;
    const farms = sharedDevices(atMs)
      .filter(({ users, cameAgain }) => users > RING_ABOVE && cameAgain < CAME_AGAIN_LEAST * users)
      .map(({ device }) => device);
    if (farms.length === 0) throw nothingFound();
    const blocked = await admin.block.add({ campaign, ...FARM, by: "device", values: farms });
    requireStatus("block.add", blocked.status, "block_placed");
    const theirs = { by: "device", is: farms };
    const where: SuspectFilter = { states: ["held", "reserved", "redeemed"], values: theirs };
    const { owedMinor } = await this.act(where, "clawback", FARM);
    await this.act({ states: ["held"] }, "release", COUNTER);
    this.judged = {
      ...{ judgedAtMs: atMs, farms: farms.length, owedMinor },
      turnedAway: comeAgain(),
    };
  }

  /** Looked at first; then done to exactly those. */
  private async act(
    where: SuspectFilter,
    step: SuspectStep,
    grounds: Grounds,
  ): Promise<{ owedMinor: number }> {
    const { admin, campaign } = this.options;
    const { status, token = "" } = await admin.suspects.find({ campaign, where });
    requireStatus("suspects.find", status, "ok");
    const about = { campaign, token, step, ...grounds };
    let owedMinor = 0;
    let answer: ActAnswer | null = null;
    do {
      const from: number = answer?.next ?? 0;
      answer = await admin.suspects.act({ ...about, from });
      requireStatus("suspects.act", answer.status, "ok");
      owedMinor += answer.owedMinor ?? 0;
    } while (answer.next !== undefined);
    return { owedMinor };
  }
}

function nothingFound(): HongbaoError {
  const message =
    "no device looks like a reseller's, and the crowd has some; the demo cannot go on";
  return new HongbaoError({ code: "run_failed", message });
}
