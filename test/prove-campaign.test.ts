// A campaign from its exported events to the verdict: two designs, costs by arm, and a simulation's
// truth beside them. The events are written through the very exporter that the journal uses.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomStream } from "../src/base/keystream.ts";
import type { CampaignDefinition } from "../src/core/definition.ts";
import { type Expectation, type Verdict, verdictText } from "../src/prove/index.ts";
import {
  DEFINITION,
  Journal,
  type ProjectText,
  ProveFolder,
  type ProveMore,
  pseudonym,
} from "./prove-project.fixture.ts";

const COMERS = 12_000;
const MEMBERS = 8_000;
const LIFT = { "reward, given arrival": 0.08, reach: 0.05 } as const;

const SPRING: CampaignDefinition = {
  ...DEFINITION,
  assignment: { ...DEFINITION.assignment, holdoutShare: 0.2 },
  audiences: [{ id: "lapsed", holdoutShare: 0.3, salt: "01" }],
};

interface World {
  readonly journal: Journal;
  readonly outcomes: string[];
}

/** Both designs, each with its own effect on who is kept. */
function worldOf(seed: number): World {
  const stream = randomStream(seed, "campaign");
  const [journal, outcomes] = [new Journal(), ["user,kept,orders"]];
  let grant = 0;
  for (let i = 0; i < COMERS + MEMBERS; i++) {
    const member = i >= COMERS;
    const estimand = member ? "reach" : "reward, given arrival";
    const user = `user-${i}`;
    const arm = stream.nextFloat() < (member ? 0.3 : 0.2) ? 0 : 1;
    if (member) journal.emit("assigned", user, { arm, audience: "lapsed", assignedBy: "audience" });
    else journal.assign(user, arm);
    const kept = stream.nextFloat() < 0.2 + (arm === 1 ? LIFT[estimand] : 0);
    const claims = arm === 1 && (!member || stream.nextFloat() < 0.5);
    outcomes.push(`${user},${kept ? 1 : 0},${kept ? 1 + stream.nextInt(3) : 0}`);
    if (!claims) continue;
    grant += 1;
    journal.emit("granted", user, { arm, grant, amountMinor: 2500 });
    if (stream.nextFloat() < 0.7) {
      journal.emit("redeemed", user, { grant, redemption: 0, amountMinor: 2000, restMinor: 500 });
      journal.emit("expired", user, { grant, amountMinor: 500 });
      if (i % 50 === 0) journal.emit("reversed", user, { grant, redemption: 0, amountMinor: 2000 });
    } else journal.emit("expired", user, { grant, amountMinor: 2500 });
  }
  return { journal, outcomes };
}

let folder: ProveFolder;
let world: World;
let text: ProjectText;
let verdict: Verdict;

const TRUTHS = Object.entries(LIFT).map(
  ([estimand, value]): Expectation => ({
    kind: "truth",
    estimand: estimand as keyof typeof LIFT,
    metric: "kept",
    arm: "card",
    value,
    source: "the simulation",
  }),
);

beforeAll(async () => {
  folder = await ProveFolder.make();
  world = worldOf(7);
  text = {
    plan: {
      metrics: [
        { id: "kept", title: "D30 retention", kind: "share", column: "kept" },
        { id: "orders", kind: "mean", unit: "orders", digits: 3, column: "orders" },
      ],
    },
    sources: {
      events: await folder.events(world.journal),
      outcomes: { file: await folder.lines(world.outcomes), user: "user" },
    },
  };
  verdict = await prove(text);
});

afterAll(() => folder.remove());

function prove(project: ProjectText, more: ProveMore = {}): Promise<Verdict> {
  return folder.prove(project, { definition: SPRING, expectations: TRUTHS, ...more });
}

/** The project with other sources. */
const withSources = (sources: Record<string, unknown>): ProjectText => ({
  ...text,
  sources: { ...text.sources, ...sources },
});

describe("the verdict on a journalled campaign", () => {
  it("finds both designs' truths inside their own intervals", () => {
    expect(verdict.studies.map((study) => study.estimand)).toEqual([
      "reach",
      "reward, given arrival",
    ]);
    expect(verdict.grade).toBe("A");
    expect(verdict.comparisons.map((each) => each.agrees)).toEqual([true, true]);
    expect(verdictText(verdict)).toMatch(/card caused/);
  });

  it("gives the effect on those who claimed beside the one on all assigned", () => {
    const reach = verdict.studies[0]!.effects.filter((row) => row.metric.id === "kept");
    const [assigned, claimed] = reach.map((row) => row.absolute!.estimate);
    // Half of the audience claims, so that the same effect falls on half as many.
    expect(claimed! / assigned!).toBeCloseTo(2, 0);
  });

  it("reads the journal's money by arm to the cent", () => {
    const sum = (kind: string): number =>
      world.journal.events
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

  it("shows that the naive cost per kept user is far below the causal one", () => {
    expect(verdict.costs).toHaveLength(2);
    for (const cost of verdict.costs) {
      const { lower, upper } = cost.causalInterval;
      const truth = cost.estimand === "reach" ? (0.5 * 0.7 * 2000) / 0.05 : (0.7 * 2000) / 0.08;
      expect(cost.naiveMinor!).toBeLessThan(lower!);
      expect(lower!).toBeLessThan(truth);
      expect(upper!).toBeGreaterThan(0.98 * truth);
    }
  });

  it("is the same from user ids and from pseudonyms, however those are written", async () => {
    const named = (write: (user: string) => string): string[] =>
      world.outcomes.map((line) => line.replace(/user-\d+/, (user) => write(user)));
    const dashed = (hex: string): string =>
      hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    for (const write of [pseudonym, (user: string) => dashed(pseudonym(user)).toUpperCase()]) {
      const outcomes = { file: await folder.lines(named(write)), user: "user" };
      const joined = await prove(withSources({ outcomes, users: "pseudonyms" }), {
        areNamed: false,
      });
      expect(JSON.stringify(joined.studies)).toBe(JSON.stringify(verdict.studies));
    }
  });

  it("refuses outcomes that lack users, or counts them as zero and says so", async () => {
    const file = await folder.lines(world.outcomes.slice(0, -100));
    const refused = folder.messageOf(prove(withSources({ outcomes: { file, user: "user" } })));
    expect(await refused).toMatch(/csv, column "user": 100 of 20000 assigned users have no row/);
    const zero = await prove(withSources({ outcomes: { file, user: "user", missing: "zero" } }));
    expect(zero.notes.join("\n")).toMatch(/100 of 20000 users have no outcome/);
  });

  it("sees a user with two arms and falls to grade B", async () => {
    const twice = new Journal();
    twice.events.push(...world.journal.events);
    twice.assign("user-0", 1 - world.journal.events[0]!.arm!);
    const broken = await prove(withSources({ events: await folder.events(twice, "csv") }));
    expect(broken.grade).toBe("B");
    expect(verdictText(broken)).toMatch(/Randomisation broken \(one arm a user: 1 users/);
  });

  it("tunes each study's always-valid intervals to the users expected in it", async () => {
    const tunings = async (users: unknown): Promise<unknown[]> => {
      const { studies } = await prove({ ...text, plan: { ...text.plan, users } });
      return studies.map(({ effects }) => {
        const { tuning, isPlanned } = effects[0]!.alwaysValid!;
        return [tuning, isPlanned];
      });
    };
    expect(await tunings({ reach: 9000, "reward, given arrival": 15_000 })).toEqual([
      [9000, true],
      [15_000, true],
    ]);
    expect(await tunings(10_000)).toEqual([
      [10_000, true],
      [10_000, true],
    ]);
    // The users that there are, where nobody expected a number of them.
    expect(await tunings({ reach: 9000 })).toEqual([
      [9000, true],
      [COMERS, false],
    ]);
    const without = { ...SPRING, audiences: [] };
    const reach = { ...text, plan: { ...text.plan, users: { reach: 9000 } } };
    expect(await folder.messageOf(prove(reach, { definition: without }))).toMatch(
      /plan\.users\.reach: reach cannot be had from a holdout that was drawn at the claim/,
    );
  });

  it("answers only the questions that are asked", async () => {
    const asked = await prove({ ...text, plan: { ...text.plan, questions: ["reach"] } });
    expect(asked.studies.map(({ estimand }) => estimand)).toEqual(["reach"]);
    const without = { ...SPRING, audiences: [] };
    const reach = { ...text, plan: { ...text.plan, questions: ["reach"] } };
    const message = await folder.messageOf(prove(reach, { definition: without }));
    expect(message).toMatch(
      /plan\.questions: reach cannot be had from a holdout that was drawn at/,
    );
  });
});
