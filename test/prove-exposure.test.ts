// What prove makes of exposures: whom it counts as exposed, a study of these alone, shares that
// were revised on the way, and a holdout that invites reached.
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StudyReading, Verdict } from "../src/verdict/verdict.ts";
import { DEFINITION, Journal, KEPT, ProveFolder } from "./prove-project.fixture.ts";

let folder: ProveFolder;
beforeAll(async () => {
  folder = await ProveFolder.make();
});
afterAll(() => folder.remove());

type Definition = typeof DEFINITION;

const USERS = 400;
const DAY_MS = 86_400_000;

interface More {
  readonly plan?: Record<string, unknown>;
  readonly definition?: typeof DEFINITION;
  readonly format?: "parquet" | "csv";
}

async function prove(journal: Journal, more: More = {}): Promise<Verdict> {
  const { plan, definition = DEFINITION, format } = more;
  const lines = Array.from({ length: USERS }, (_, i) => `user-${i},${Number(i % 7 < 3)}`);
  const outcomes = { file: await folder.lines(["user,kept", ...lines]), user: "user" };
  const sources = { events: await folder.events(journal, format), outcomes };
  return await folder.prove({ plan: { metrics: [KEPT], ...plan }, sources }, { definition });
}

function checkOf({ studies }: Verdict, name: string): StudyReading["health"][number] | undefined {
  return studies[0]!.health.find((check) => check.name === name);
}

/** Half held out; of each arm so many got something, or would have: the first ones of it. */
function exposing(treated: number, heldOut: number, probability: number | null = 0.5): Journal {
  const made = new Journal();
  for (let i = 0; i < USERS; i++) {
    const user = `user-${i}`;
    const arm = i % 2;
    made.emit("assigned", user, { arm, assignedBy: "claim", probability });
    const nth = Math.floor(i / 2);
    const gets = nth < (arm === 1 ? treated : heldOut);
    const exposure = gets ? { exposure: "claim", exposedAtMs: DEFINITION.startsAtMs } : {};
    const wouldStatus = gets ? "granted" : "budget_exhausted";
    if (arm === 0) made.emit("withheld", user, { arm, amountMinor: 500, wouldStatus, ...exposure });
    else if (gets) made.emit("granted", user, { arm, grant: i, amountMinor: 500, ...exposure });
  }
  return made;
}

describe("exposure", () => {
  it("is told by arm, with the sample ratio of the exposed", async () => {
    const check = checkOf(await prove(exposing(50, 48)), "exposure");
    expect(check).toMatchObject({ passed: true });
    expect(check!.detail).toBe(
      "exposed of those assigned: holdout 48 of 200 (24.00 %), card 50 of 200 (25.00 %); " +
        "their sample ratio, exact binomial: p = 0.920",
    );
  });

  it("that depends on the arm is named, and costs who asks of all nothing", async () => {
    const verdict = await prove(exposing(180, 60));
    expect(checkOf(verdict, "exposure")!.detail).toMatch(/the exposed alone are not comparable$/);
    expect(verdict.studies[0]!.grade).toBe("A");
    const alone = await prove(exposing(180, 60), { plan: { population: "exposed" } });
    expect(alone.studies[0]!.grade).toBe("B");
    expect(checkOf(alone, "sample ratio")).toMatchObject({ passed: false });
  });

  it.each(["parquet", "csv"] as const)(
    "of all is the study's population on wish: %s",
    async (f) => {
      const { studies } = await prove(exposing(50, 48), {
        ...{ plan: { population: "exposed" }, format: f },
      });
      expect(studies[0]).toMatchObject({ title: "users who came and were exposed", grade: "A" });
      const ratio = studies[0]!.health.find((check) => check.name === "sample ratio");
      expect(ratio!.detail).toMatch(/^holdout 48, card 50; exact binomial p = 0.920/);
    },
  );

  it("is told from the kinds where an export is older", async () => {
    const csv = await readFile(await folder.events(exposing(50, 48), "csv"), "utf8");
    const columns = csv.split("\n")[0]!.split(",").indexOf("wouldStatus") + 1;
    const old = csv
      .trim()
      .split("\n")
      .map((line) => line.split(",").slice(0, columns).join(","));
    expect(old[0]).toMatch(/,wouldStatus$/);
    const lines = Array.from({ length: USERS }, (_, i) => `user-${i},1`);
    const sources = {
      events: await folder.lines(old),
      outcomes: { file: await folder.lines(["user,kept", ...lines]), user: "user" },
    };
    const verdict = await folder.prove(
      { plan: { metrics: [KEPT] }, sources },
      { definition: DEFINITION },
    );
    expect(checkOf(verdict, "exposure")!.detail).toMatch(/holdout 48 of 200 .* card 50 of 200/);
  });

  it("is no population of a table, nor of another question", async () => {
    const plan = { metrics: [KEPT], population: "exposed" };
    const file = await folder.lines(["arm,kept", "a,1", "b,0"]);
    expect(
      await folder.refusal({ plan, sources: { table: { file, arm: "arm", control: "a" } } }),
    ).toMatch(/who was exposed is known of a campaign's journal, and not of a table/);
    const events = await folder.events(exposing(50, 48));
    const reach = { ...plan, questions: ["reach"] };
    const lines = Array.from({ length: USERS }, (_, i) => `user-${i},1`);
    const outcomes = { file: await folder.lines(["user,kept", ...lines]), user: "user" };
    expect(await folder.refusal({ plan: reach, sources: { events, outcomes } })).toMatch(
      /the exposed are a population of "reward, given arrival", which is not asked/,
    );
  });
});

describe("a share that was revised", () => {
  /** So many of 400 at a holdout of a quarter, the others at a half, each arm as it should be. */
  function revised(early: number): Journal {
    const made = new Journal();
    for (let i = 0; i < USERS; i++) {
      const isEarly = i < early;
      const arm = (isEarly ? i % 4 : i % 2) === 0 ? 0 : 1;
      const probability = isEarly ? (arm === 0 ? 0.25 : 0.75) : 0.5;
      made.emit("assigned", `user-${i}`, { arm, assignedBy: "claim", probability });
    }
    return made;
  }

  it("is weighed by each user's chance, and costs the grade where times are mixed", async () => {
    const verdict = await prove(revised(200));
    const ratio = checkOf(verdict, "sample ratio")!;
    expect(ratio).toMatchObject({ passed: true });
    expect(ratio.detail).toMatch(/weighted by inverse chances p = 1.000, largest deviation 0.00 %/);
    expect(checkOf(verdict, "one chance an arm")).toMatchObject({ passed: false });
    expect(verdict.studies[0]!.grade).toBe("B");
  });

  it("before anybody came is the share of all", async () => {
    const verdict = await prove(revised(400));
    expect(checkOf(verdict, "sample ratio")).toMatchObject({ passed: true });
    expect(checkOf(verdict, "one chance an arm")).toBeUndefined();
    expect(verdict.studies[0]!.grade).toBe("A");
  });
});

describe("a holdout that invites reached", () => {
  const invite = { id: "friends", inviterOffer: 0, invitedOffer: 0, fromMs: 0, toMs: DAY_MS };
  const invites = [{ ...invite, openMs: null, uses: 1, accepts: "anyone" as const }];

  it("costs the grade from 1 % on, and is not told of a campaign without invites", async () => {
    const of = async (reached: number, definition: Definition = { ...DEFINITION, invites }) => {
      const journal = exposing(50, 48);
      for (let i = 0; i < reached; i++) journal.emit("accepted", `user-${2 * i}`);
      journal.emit("accepted", "user-1");
      return await prove(journal, { definition });
    };
    const name = "holdout not reached by invites";
    expect(checkOf(await of(2), name)).toMatchObject({
      passed: true,
      detail:
        "2 of 200 held-out users followed an invite of a treated user, and got nothing: 1.00 %, " +
        "at most 1.00 % allowed",
    });
    const many = await of(3);
    expect(checkOf(many, name)).toMatchObject({ passed: false, failure: "Holdout reached" });
    expect(many.studies[0]!.grade).toBe("B");
    expect(checkOf(await of(3, DEFINITION), name)).toBeUndefined();
  });
});
