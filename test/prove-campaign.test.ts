// A campaign from its exported events to the verdict: two designs, costs by arm, and a simulation's
// truth beside them. The events are written through the very exporter that the journal uses.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomStream } from "../src/base/keystream.ts";
import type { CampaignDefinition } from "../src/core/definition.ts";
import {
  type CampaignProof,
  EVENT_COLUMNS,
  type EventRow,
  type Expectation,
  exportObjects,
  proveCampaign,
  verdictText,
} from "../src/prove/index.ts";

const COMERS = 12_000;
const MEMBERS = 8_000;
const LIFT = { "reward, given arrival": 0.08, reach: 0.05 } as const;

const DEFINITION: CampaignDefinition = {
  id: "spring",
  title: "Spring",
  currency: "CNY",
  decimals: 2,
  timeZone: "Asia/Shanghai",
  budgetMinor: 1e9,
  startsAtMs: 0,
  endsAtMs: 1e9,
  closesAtMs: 2e9,
  settlingLagMs: 0,
  waves: [],
  offers: [],
  caps: [],
  assignment: {
    source: "hash",
    holdoutShare: 0.2,
    variants: [{ id: "card", share: 1 }],
    masked: false,
    salt: "00",
  },
  audiences: [{ id: "lapsed", holdoutShare: 0.3, salt: "01" }],
  attributes: [],
  dayStartsMs: [0],
  planHash: null,
};

interface World {
  readonly events: EventRow[];
  readonly outcomes: string[];
}

/** Both designs, each with its own effect on who is kept. */
function worldOf(seed: number): World {
  const stream = randomStream(seed, "campaign");
  const world: World = { events: [], outcomes: ["user,kept,orders"] };
  let grant = 0;
  const blank = {
    index: 0,
    atMs: 1,
    campaign: "spring",
    offer: null,
    redemption: null,
    restMinor: null,
    id: null,
    wouldStatus: null,
    amountMinor: null,
    grant: null,
    user: null,
    arm: null,
    audience: null,
    assignedBy: null,
  };
  const emit = (event: Partial<EventRow> & { kind: string }): void => {
    world.events.push({ ...blank, sequence: world.events.length + 1, ...event });
  };
  for (let i = 0; i < COMERS + MEMBERS; i++) {
    const member = i >= COMERS;
    const estimand = member ? "reach" : "reward, given arrival";
    const user = `user-${i}`;
    const arm = stream.nextFloat() < (member ? 0.3 : 0.2) ? 0 : 1;
    emit({
      kind: "assigned",
      user,
      arm,
      audience: member ? "lapsed" : null,
      assignedBy: member ? "audience" : "claim",
    });
    const kept = stream.nextFloat() < 0.2 + (arm === 1 ? LIFT[estimand] : 0);
    const claims = arm === 1 && (!member || stream.nextFloat() < 0.5);
    world.outcomes.push(`${user},${kept ? 1 : 0},${kept ? 1 + stream.nextInt(3) : 0}`);
    if (!claims) continue;
    grant += 1;
    emit({ kind: "granted", user, arm, grant, amountMinor: 2500 });
    if (stream.nextFloat() < 0.7) {
      emit({ kind: "redeemed", grant, redemption: 0, amountMinor: 2000, restMinor: 500 });
      emit({ kind: "expired", grant, amountMinor: 500 });
      if (i % 50 === 0) emit({ kind: "reversed", grant, redemption: 0, amountMinor: 2000 });
    } else emit({ kind: "expired", grant, amountMinor: 2500 });
  }
  return world;
}

let folder: string;
let proof: CampaignProof;
let world: World;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hongbao-campaign-"));
  world = worldOf(7);
  const target = { dir: folder, name: "events", format: "parquet" } as const;
  const events = await exportObjects(world.events, EVENT_COLUMNS, target);
  const outcomes = join(folder, "outcomes.csv");
  await writeFile(outcomes, `${world.outcomes.join("\n")}\n`);
  const truths = Object.entries(LIFT).map(
    ([estimand, value]): Expectation => ({
      kind: "truth",
      estimand: estimand as keyof typeof LIFT,
      metric: "kept",
      arm: "card",
      value,
      source: "the simulation",
    }),
  );
  proof = {
    definition: DEFINITION,
    events: events.path,
    outcomes: { file: outcomes, userColumn: "user", missing: "refuse" },
    metrics: [
      { id: "kept", title: "D30 retention", kind: "share", unit: "", digits: 2, column: "kept" },
      { id: "orders", title: "orders", kind: "mean", unit: "orders", digits: 3, column: "orders" },
    ],
    kept: "kept",
    expectations: truths,
  };
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("the verdict on a journalled campaign", () => {
  it("finds both designs' truths inside their own intervals", async () => {
    const verdict = await proveCampaign(proof);
    expect(verdict.studies.map((study) => study.estimand)).toEqual([
      "reach",
      "reward, given arrival",
    ]);
    expect(verdict.grade).toBe("A");
    expect(verdict.comparisons.map((each) => each.agrees)).toEqual([true, true]);
    expect(verdictText(verdict)).toContain("card caused");
  });

  it("gives the effect on those who claimed beside the one on all assigned", async () => {
    const verdict = await proveCampaign(proof);
    const reach = verdict.studies[0]!.effects.filter((row) => row.metric.id === "kept");
    const [assigned, claimed] = reach.map((row) => row.absolute!.estimate);
    // Half of the audience claims, so that the same effect falls on half as many.
    expect(claimed! / assigned!).toBeCloseTo(2, 0);
  });

  it("reads the journal's money by arm to the cent", async () => {
    const verdict = await proveCampaign(proof);
    const sum = (kind: string): number =>
      world.events
        .filter((event) => event.kind === kind)
        .reduce((total, event) => total + (event.amountMinor ?? 0), 0);
    const total = (field: "issuedMinor" | "redeemedMinor" | "breakageMinor" | "reversedMinor") =>
      verdict.money.reduce((all, arm) => all + arm[field], 0);
    expect(total("issuedMinor")).toBe(sum("granted"));
    expect(total("redeemedMinor")).toBe(sum("redeemed"));
    expect(total("breakageMinor")).toBe(sum("expired"));
    expect(total("reversedMinor")).toBe(sum("reversed"));
    expect(verdict.money.filter((arm) => arm.arm === "holdout" && arm.grants > 0)).toEqual([]);
  });

  it("shows that the naive cost per kept user is far below the causal one", async () => {
    const verdict = await proveCampaign(proof);
    expect(verdict.costs).toHaveLength(2);
    for (const cost of verdict.costs) {
      const { lower, upper } = cost.causalInterval;
      const truth = cost.estimand === "reach" ? (0.5 * 0.7 * 2000) / 0.05 : (0.7 * 2000) / 0.08;
      expect(cost.naiveMinor!).toBeLessThan(lower!);
      expect(lower!).toBeLessThan(truth);
      expect(upper!).toBeGreaterThan(0.98 * truth);
    }
  });

  it("joins raw user ids through the campaign's pseudonyms", async () => {
    const file = join(folder, "raw.csv");
    const raw = world.outcomes.map((line) => line.replace("user-", "raw-"));
    await writeFile(file, `${raw.join("\n")}\n`);
    const pseudonym = (user: string): string => user.replace("raw-", "user-");
    const outcomes = { file, userColumn: "user", missing: "refuse", pseudonym } as const;
    const joined = await proveCampaign({ ...proof, outcomes });
    const direct = await proveCampaign(proof);
    expect(joined.studies.map((study) => study.effects)).toEqual(
      direct.studies.map((study) => study.effects),
    );
  });

  it("refuses outcomes that lack users, or counts them as zero and says so", async () => {
    const file = join(folder, "short.csv");
    await writeFile(file, `${world.outcomes.slice(0, -100).join("\n")}\n`);
    const outcomes = { file, userColumn: "user", missing: "refuse" } as const;
    await expect(proveCampaign({ ...proof, outcomes })).rejects.toThrow(
      /short\.csv, column "user": 100 of 20000 assigned users have no row/,
    );
    const zero = await proveCampaign({ ...proof, outcomes: { ...outcomes, missing: "zero" } });
    expect(zero.notes[0]).toMatch(/100 of 20000 users have no outcome/);
  });

  it("sees a user with two arms and falls to grade B", async () => {
    const twice = [...world.events, { ...world.events[0]!, arm: 1 - world.events[0]!.arm! }];
    const target = { dir: folder, name: "twice", format: "csv" } as const;
    const events = await exportObjects(twice, EVENT_COLUMNS, target);
    const verdict = await proveCampaign({ ...proof, events: events.path });
    expect(verdict.grade).toBe("B");
    expect(verdictText(verdict)).toMatch(/Randomisation broken \(one arm a user: 1 users/);
  });

  it("gives the same bytes on every run", async () => {
    const [a, b] = [await proveCampaign(proof), await proveCampaign(proof)];
    expect(JSON.stringify(a)).toBe(JSON.stringify(b));
  });
});
