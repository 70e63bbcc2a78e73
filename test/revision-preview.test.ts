// What a preview foresees of money to come is what the outlook says once the revision is in force:
// the same campaign, instant and draws. And looking changes nothing.
import { describe, expect, it } from "vitest";
import type { OutlookAnswer, RevisionAnswer } from "../src/contract/index.ts";
import type { CampaignDefinition, CurvePoint } from "../src/core/definition.ts";
import { movedGrants } from "../src/core/revision/moved-grants.ts";
import { GRANT } from "../src/core/state-words.ts";
import { execute } from "../src/host/index.ts";
import { Drill } from "./drill.fixture.ts";
import {
  DAY_MS,
  HOUR_MS,
  pacedCampaign,
  plainCampaign,
  START_MS,
} from "./simulation/plain-campaign.ts";

class PreviewDrill extends Drill {
  revise(more: Partial<CampaignDefinition>, moveExpiry: string[], preview: boolean) {
    const definition = { ...structuredClone(this.campaign.definition), ...more };
    const body = { definition, version: 1, why: "a test", moveExpiry, preview };
    const call = { params: { campaign: "drill" }, query: null, body };
    return execute(this.engine, "campaign.revise", call) as Promise<RevisionAnswer>;
  }

  async outlook(): Promise<OutlookAnswer> {
    const call = { params: { campaign: "drill" }, query: null, body: null };
    return (await execute(this.engine, "campaign.outlook", call)) as OutlookAnswer;
  }

  /** Ten an hour, of whom half redeem within the day after. */
  async live(hours: number): Promise<this> {
    const due: { atMs: number; grant: string }[] = [];
    for (let hour = 0; hour < hours; hour++) {
      const atMs = START_MS + hour * HOUR_MS;
      await this.at(atMs);
      while (due.length > 0 && due[0]!.atMs <= atMs) await this.redeem(due.shift()!.grant);
      for (let i = 0; i < 10; i++) {
        const { grant } = await this.claim(`${hour}-${i}`);
        if (grant === undefined || i % 2 === 0) continue;
        due.push({ atMs: atMs + (2 + i) * HOUR_MS, grant });
        due.sort((a, b) => a.atMs - b.atMs);
      }
    }
    return this;
  }
}

const EXPIRES = START_MS + 8 * DAY_MS;

function plain(more: Partial<CampaignDefinition> = {}): CampaignDefinition {
  return plainCampaign({ budgetMinor: 12_000, ...more });
}

function expiringAt(atMs: number): CampaignDefinition["offers"] {
  return [{ ...plain().offers[0]!, expiry: { kind: "at", atMs } }];
}

function expiringAfter(afterMs: number): CampaignDefinition["offers"] {
  return [{ ...plain().offers[0]!, expiry: { kind: "after", afterMs } }];
}

const BEGIN = { atMs: START_MS, share: 0 };
const END = { atMs: START_MS + 10 * DAY_MS, share: 1 };
/** More than anybody asks for; and less, until the last two days. */
const FAST: CurvePoint[] = [BEGIN, { atMs: START_MS + 4 * DAY_MS, share: 1 }, END];
const SLOW: CurvePoint[] = [BEGIN, { atMs: START_MS + 8 * DAY_MS, share: 0.5 }, END];

interface Case {
  what: string;
  before: CampaignDefinition;
  change: (before: CampaignDefinition) => Partial<CampaignDefinition>;
  moved?: string[];
}

const CASES: readonly Case[] = [
  { what: "more money", before: plain(), change: () => ({ budgetMinor: 20_000 }) },
  {
    what: "expiry moved for all who hold a grant",
    before: plain({ offers: expiringAt(EXPIRES) }),
    change: () => ({ offers: expiringAt(EXPIRES + 5 * DAY_MS) }),
    moved: ["card"],
  },
  {
    what: "a longer life for grants to come alone",
    before: plain(),
    change: () => ({ offers: expiringAfter(4 * DAY_MS) }),
  },
  {
    what: "a longer life for all",
    before: plain(),
    change: () => ({ offers: expiringAfter(4 * DAY_MS) }),
    moved: ["card"],
  },
  {
    what: "an end that is further away",
    before: plain(),
    change: ({ endsAtMs, closesAtMs }) => ({
      ...{ endsAtMs: endsAtMs + 2 * DAY_MS, closesAtMs: closesAtMs + 2 * DAY_MS },
      waves: [{ ...plain().waves[0]!, toMs: endsAtMs + 2 * DAY_MS }],
      dayStartsMs: Array.from({ length: 23 }, (_, day) => START_MS + day * DAY_MS),
    }),
  },
  {
    what: "another curve",
    before: pacedCampaign(FAST, 12_000),
    change: ({ caps }) => ({
      caps: [caps[0]!, { ...caps[1]!, curve: { ...caps[1]!.curve!, points: SLOW } }],
    }),
  },
  {
    what: "over-issue",
    before: plain({ overissue: { factor: 1.1, redeemedShare: 0.5, deviation: 0.05, atMost: 0.9 } }),
    change: () => ({
      overissue: { factor: 1.5, redeemedShare: 0.5, deviation: 0.05, atMost: 0.9 },
    }),
  },
];

describe("a preview foresees what the outlook says afterwards:", () => {
  it.each(CASES)("$what", async ({ before, change, moved = [] }) => {
    const drill = await (await new PreviewDrill().open(before)).live(60);
    const more = change(structuredClone(before));
    const now = await drill.outlook();
    const preview = await drill.revise(more, moved, true);
    expect(preview).toMatchObject({ status: "ok", preview: true, version: 0 });
    const { expected, runOut } = now;
    expect(preview.outlook!.before).toEqual({ expected, runOut });
    // The control: it has something to foresee, and looking changed nothing.
    expect(preview.outlook!.after).not.toEqual(preview.outlook!.before);
    const again = await drill.outlook();
    expect({ ...again, sequence: 0 }).toEqual({ ...now, sequence: 0 });
    const revised = await drill.revise(more, moved, false);
    expect(revised).toMatchObject({ status: "revised", version: 1 });
    expect(revised.outlook).toBeUndefined();
    const then = await drill.outlook();
    expect(then.atMs).toBe(preview.atMs);
    expect(preview.outlook!.after).toEqual({ expected: then.expected, runOut: then.runOut });
  });
});

describe("a preview of a longer life", () => {
  it("expects more to be spent, and says what nobody can know of it", async () => {
    const definition = plain({ offers: expiringAfter(DAY_MS) });
    const drill = await (await new PreviewDrill().open(definition)).live(60);
    const { outlook } = await drill.revise({ offers: expiringAfter(6 * DAY_MS) }, ["card"], true);
    const { before, after } = outlook!;
    expect(after.expected.spendMinor).toBeGreaterThan(before.expected.spendMinor);
    // Grants have lived through a day: of the days after it nothing was learned.
    expect(before.expected.seenToAgeMs).toBe(DAY_MS);
    expect(before.expected.bounds).toEqual(before.expected.almostSure);
    expect(after.expected.seenToAgeMs).toBeLessThanOrEqual(DAY_MS);
    expect(after.expected.bounds.fromMinor).toBeLessThan(after.expected.almostSure.fromMinor);
    const { spentMinor, reservedMinor } = await drill.outlook();
    expect(after.expected.bounds.toMinor).toBe(spentMinor! + reservedMinor!);
  });

  it("counts the holders it moves one by one, and of very many an even part", async () => {
    const counted = async (grants: number) => {
      const { campaign } = await new PreviewDrill().open(plain());
      for (let grant = 0; grant < grants; grant++) {
        campaign.grantAmount.set(grant, 10);
        if (grant % 4 === 0) campaign.grantState.set(grant, GRANT.redeemed);
        campaign.queues[0]!.push(grant);
      }
      campaign.grantCount = grants;
      const longer = plain({ offers: expiringAfter(5 * DAY_MS) });
      return movedGrants(campaign, longer, new Set([0]), START_MS);
    };
    expect(await counted(60_000)).toEqual({ count: 45_000, isEstimate: false });
    const { count, isEstimate } = await counted(80_000);
    expect(isEstimate).toBe(true);
    expect(Math.abs(count - 60_000)).toBeLessThan(1000);
  });
});
