// Calibration against a crowd whose truth is known, played through the embedded engine: what the
// journal shows is recovered within its intervals, from the whole campaign and from its first two
// days, which must not be read as the whole.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calibratePlan } from "../src/cli/plan/calibrate.ts";
import { openPlan } from "../src/cli/plan/open-plan.ts";
import { readCampaignJournal } from "../src/cli/plan/read-campaign-journal.ts";
import type { VerbCall } from "../src/cli/verb.ts";
import { type Crowd, createCrowd } from "../src/crowd/crowd.ts";
import { dayMs, scaledShape } from "../src/crowd/shape.ts";
import type { PlanFile } from "../src/plan/plan-file/index.ts";
import type { CalibratedAssumption, Calibration } from "../src/plan/update/calibrated.ts";
import { calibrate } from "../src/plan/update/calibration.ts";
import { calibratedPlanText } from "../src/plan/update/plan-text.ts";
import { type Played, playCrowd } from "./played-crowd.fixture.ts";

const CAMPAIGN = readFileSync(
  new URL("../examples/qwen-2026/extended.yaml", import.meta.url),
  "utf8",
);

/** Wide, and about the truth, with one assumption that is wrong: the envelope's take-up. */
const PLAN = `title: A played crowd
scale: 100 # as if the crowd were a hundredth of the real one
reach:
  people: { lognormal: { p5: 0.2, p95: 4 }, unit: million users, source: assumption } # who comes
  existing: { lognormal: { p5: 0.05, p95: 2 }, unit: million users, source: assumption }
  organic: { value: 5 %, source: test }
  waves:
    cards:
      weight: { value: 1, unit: ratio, source: the measure }
      halfLife: { pert: [0.5, 2, 8], unit: days, source: assumption }
    envelopes:
      weight: { pert: [0.1, 0.4, 1], unit: ratio, source: assumption }
      halfLife: { pert: [0.5, 2, 8], unit: days, source: assumption }
  dayCurve: meals
offers:
  card:
    takeUp: { pert: [40 %, 80 %, 95 %], source: assumption }
    redeemed: { pert: [50 %, 85 %, 99 %], source: assumption }
    delay: { lognormal: { p5: 2, p95: 120 }, unit: hours, source: assumption }
    used: { pert: [75 %, 92 %, 100 %], source: assumption }
    cancelled: { pert: [0 %, 3 %, 15 %], source: assumption }
  envelope:
    takeUp: { pert: [2 %, 5 %, 10 %], source: assumption } # wrong
    returning: { pert: [1 %, 15 %, 60 %], source: assumption }
    redeemed: { pert: [40 %, 75 %, 98 %], source: assumption }
    delay: { lognormal: { p5: 1, p95: 120 }, unit: hours, source: assumption }
invites:
  perClaimer: { lognormal: { p5: 0.02, p95: 1 }, unit: invites, source: assumption }
  newcomers: { value: 0 %, source: the crowd invites nobody }
  delay: { lognormal: { p5: 1, p95: 72 }, unit: hours, source: assumption }
abuse: { pert: [1 %, 5 %, 12 %], source: assumption }
retention:
  d1: { uniform: [50 %, 75 %], source: assumption }
  d30: { uniform: [4 %, 24 %], source: assumption }
  lift: { normal: { mean: 0.01, sd: 0.02, within: [-0.03, 0.04] }, unit: share, source: assumption }
margin: { value: 2.5, unit: CNY, source: test }
`;

const TAKE_UP = 0.7;
/** Ten of the crowd's users share a tenth, so that the part who claim is known. */
const claims = (user: number): boolean => (user * 7919) % 10 < 10 * TAKE_UP;

const folder = mkdtempSync(join(tmpdir(), "hongbao-calibrate-"));
const ledger = join(folder, "ledger");
let crowd: Crowd;
let played: Played;
let plan: PlanFile;
let files: readonly string[];

beforeAll(async () => {
  writeFileSync(join(folder, "plan.yaml"), PLAN);
  writeFileSync(join(folder, "campaign.yaml"), CAMPAIGN);
  ({ plan, files } = await openPlan(folder));
  crowd = createCrowd({ seed: "calibrate", shape: scaledShape(0.1) });
  played = await playCrowd({ directory: ledger, crowd, yaml: CAMPAIGN, claims });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the crowd is, in the plan's words. */
function truth(): Record<string, number> {
  const arrivals = (from: number, to: number, days: (day: number) => boolean): number => {
    let count = 0;
    for (let user = from; user < to; user++) if (days(crowd.user(user).arrivalDay)) count += 1;
    return count;
  };
  const { audience, people } = crowd;
  const { waveTwoDay } = crowd.shape;
  const came = (day: number): boolean => day >= 0;
  const [first, second] = [
    arrivals(audience, people, (day) => came(day) && day < waveTwoDay),
    arrivals(audience, people, (day) => day >= waveTwoDay),
  ];
  const card = played.offers.get("card")!;
  const envelope = played.offers.get("envelope")!;
  const users = card.users.size + envelope.users.size;
  const back = [...envelope.users.keys()].filter(
    (user) => user >= audience && user < people && crowd.user(user).arrivalDay < waveTwoDay,
  );
  return {
    "reach.people": (first + second) * plan.scale,
    "reach.existing": arrivals(0, audience, came) * plan.scale,
    "reach.waves.envelopes.weight": second / first,
    "offers.card.takeUp": TAKE_UP,
    "offers.envelope.takeUp": TAKE_UP,
    "offers.envelope.returning": back.length / first,
    "offers.card.redeemed": card.spent / card.grants,
    "offers.card.cancelled": card.cancelled / card.grants,
    "offers.envelope.redeemed": envelope.spent / envelope.grants,
    "invites.perClaimer": (card.grants + envelope.grants - users) / users / 2,
  };
}

async function calibrated(toMs?: number): Promise<Calibration> {
  return calibrate(plan, await readCampaignJournal(ledger, plan, { toMs }), null);
}

function of({ assumptions }: Calibration, id: string): CalibratedAssumption {
  return assumptions.find((one) => one.id === id)!;
}

/** Ids whose truth lies outside of the middle 90 % after calibration. */
function missed(found: Calibration, ids: readonly string[]): string[] {
  return ids.flatMap((id) => {
    const { after, state } = of(found, id);
    const value = truth()[id]!;
    const isIn = state === "updated" && after.lower <= value && value <= after.upper;
    return isIn ? [] : [`${id}: ${value} not in ${after.lower} to ${after.upper} (${state})`];
  });
}

const widthOf = ({ after }: CalibratedAssumption): number => Math.log(after.upper / after.lower);

describe("the whole campaign", () => {
  let found: Calibration;
  beforeAll(async () => {
    found = await calibrated();
  });

  test("gives back what the crowd is", () => {
    expect(missed(found, Object.keys(truth()))).toEqual([]);
    // Intervals that hold everything would say nothing.
    expect(widthOf(of(found, "reach.people"))).toBeLessThan(0.5);
    expect(widthOf(of(found, "offers.card.takeUp"))).toBeLessThan(0.2);
    expect(widthOf(of(found, "offers.card.redeemed"))).toBeLessThan(0.15);
  });

  test("marks what contradicts the assumption, and lets the data stand alone there", () => {
    const wrong = of(found, "offers.envelope.takeUp");
    expect(wrong.isContradicted).toBe(true);
    expect(wrong.surprise).toBeGreaterThan(5);
    expect(wrong.after).toEqual(wrong.data);
    expect(of(found, "offers.card.takeUp").isContradicted).toBe(false);
  });

  test("leaves alone what no journal shows, and says so", () => {
    for (const id of ["abuse", "retention.d1", "retention.d30", "retention.lift"]) {
      expect(of(found, id).state).toBe("unseen");
    }
    expect(found.notes.join(" ")).toContain("Refused claims are in no journal");
    // Known numbers are known.
    expect(of(found, "invites.newcomers")).toBeUndefined();
  });
});

describe("the first two days", () => {
  const SEEN = [
    "reach.people",
    "reach.existing",
    "offers.card.takeUp",
    "offers.card.redeemed",
    "invites.perClaimer",
  ];
  let found: Calibration;
  beforeAll(async () => {
    found = await calibrated(crowd.shape.dayZeroMs + 2 * dayMs);
  });

  test("give back what the crowd is, less sharply", async () => {
    expect(missed(found, SEEN)).toEqual([]);
    const whole = await calibrated();
    for (const id of SEEN) {
      expect(widthOf(of(found, id)), id).toBeGreaterThan(widthOf(of(whole, id)));
    }
  });

  test("are not read as the whole: control, the counts alone lie far below", () => {
    const counted = Number(of(found, "reach.people").says.replace(/\D/g, "")) * plan.scale;
    expect(counted).toBeLessThan(0.85 * truth()["reach.people"]!);
    const [spent, grants] = of(found, "offers.card.redeemed")
      .says.match(/[\d,]+ of [\d,]+/)![0]
      .split(" of ")
      .map((text) => Number(text.replaceAll(",", "")));
    expect(spent! / grants!).toBeLessThan(0.85 * truth()["offers.card.redeemed"]!);
  });

  test("say nothing of a wave that has not begun", () => {
    for (const name of ["takeUp", "returning", "redeemed", "delay"]) {
      expect(of(found, `offers.envelope.${name}`).state).toBe("open");
    }
    expect(of(found, "reach.waves.envelopes.weight").state).toBe("open");
  });
});

describe("the new plan", () => {
  test("is read as the plan was, in its units, with sources, comments and what was", async () => {
    const found = await calibrated();
    const text = calibratedPlanText(PLAN, found, "campaign.yaml");
    expect(text).toContain("# who comes");
    expect(text).toContain("scale: 100 # as if the crowd were a hundredth of the real one");
    expect(text).toMatch(
      /journal of qwen-2026, to 2026-02-\d\dT[\d:.]+Z, with what was assumed before/,
    );
    expect(text).toContain("the data contradict what was assumed");
    const file = join(folder, "again.yaml");
    writeFileSync(file, text);
    const again = (await openPlan(file)).plan;
    for (const { id, after, state } of found.assumptions) {
      const { point, origin } = again.assumptions.find((one) => one.id === id)!;
      if (state !== "updated") continue;
      expect(origin, id).toBe("source");
      expect(point, id).toBeGreaterThan(after.lower);
      expect(point, id).toBeLessThan(after.upper);
    }
  });
});

test("a share near the whole keeps what it lacks of it", async () => {
  const found = await calibrated();
  const distribution = { kind: "beta", mean: 0.9999432, sd: 0.0000123 } as const;
  const used = found.assumptions.find(({ id }) => id === "offers.card.used")!;
  const assumptions = [{ ...used, distribution }];
  const file = join(folder, "near-one.yaml");
  writeFileSync(file, calibratedPlanText(PLAN, { ...found, assumptions }, "campaign.yaml"));
  const again = (await openPlan(file)).plan.assumptions.find(({ id }) => id === used.id)!;
  expect(again.distribution).toMatchObject({ kind: "beta" });
  const { mean, sd } = again.distribution as typeof distribution;
  expect([1 - mean, sd].map((value) => value.toPrecision(4))).toEqual(["0.00005680", "0.00001230"]);
});

describe("a verdict", () => {
  const effect = (metric: string, treatmentMean: number, estimate: number, error: number) => ({
    ...{ metric: { id: metric }, population: "assigned", arm: "treated", treatmentMean },
    absolute: { estimate, standardError: error },
  });
  const study = {
    ...{ title: "reward", estimand: "reward, given arrival", grade: "A" },
    arms: [
      { id: "holdout", n: 2_000 },
      { id: "treated", n: 98_000 },
    ],
    effects: [effect("d1", 0.66, 0.02, 0.01), effect("d30", 0.128, 0.022, 0.007)],
    cannibalised: [],
  };
  const withVerdict = async (grade: string): Promise<Calibration> => {
    const reading = await readCampaignJournal(ledger, plan);
    const verdict = { title: "v", studies: [{ ...study, grade }], money: [] };
    return calibrate(plan, reading, verdict);
  };

  test("of healthy evidence tells retention and what the reward adds", async () => {
    const found = await withVerdict("A");
    expect(of(found, "retention.d30").after.point).toBeCloseTo(0.128, 2);
    expect(of(found, "retention.d1").after.point).toBeCloseTo(0.66, 2);
    const { after, from } = of(found, "retention.lift");
    expect(from).toBe("verdict");
    // Precisions add up: 0.022 with error 0.007, and what was assumed.
    const belief = { mean: 0.008895, sd: (0.03593 + 0.01814) / 2 / 1.6448536 };
    const precision = 1 / 0.007 ** 2 + 1 / belief.sd ** 2;
    const mean = (0.022 / 0.007 ** 2 + belief.mean / belief.sd ** 2) / precision;
    expect(after.point).toBeCloseTo(mean, 4);
    const file = join(folder, "with-verdict.yaml");
    writeFileSync(file, calibratedPlanText(PLAN, found, "campaign.yaml"));
    expect((await openPlan(file)).plan.title).toBe("A played crowd");
  });

  test("of weak evidence tells nothing", async () => {
    const found = await withVerdict("B");
    expect(of(found, "retention.lift").state).toBe("open");
    expect(of(found, "retention.lift").says).toContain("grade B");
  });
});

describe("the command", () => {
  const said: string[] = [];
  const terminal = {
    ...{ width: 100, paint: (_: string, text: string) => text },
    say: (text: string) => said.push(text),
    note: (text: string) => said.push(text),
    json: (value: unknown) => said.push(JSON.stringify(value)),
    progress: () => ({ update: () => {}, stop: () => {} }),
  };
  const run = (flags: Record<string, unknown>, json = false) =>
    calibratePlan({ terminal, args: [folder], flags, env: {}, json } as unknown as VerbCall);

  test("prints before and after, writes a new file, and never over another", async () => {
    const out = join(folder, "new.yaml");
    const flags = { journal: ledger, until: "2026-02-08T00:00:00+08:00", out };
    await run(flags);
    expect(said.join("\n")).toContain("assumptions are updated");
    expect(said.join("\n")).toContain("! offers.card.used");
    expect(readFileSync(out, "utf8")).toContain("to 2026-02-07T16:00:00Z");
    await expect(run(flags)).rejects.toThrow("add --overwrite");
    await expect(run({ ...flags, out: files[0] })).rejects.toThrow("which is read");
    expect(readFileSync(files[0]!, "utf8")).toBe(PLAN);
  });

  test("teaches a plan once: the same journal again would count twice", async () => {
    const out = join(folder, "once.yaml");
    await run({ journal: ledger, out });
    const again = {
      ...{ terminal, args: [out], env: {}, json: false },
      flags: { journal: ledger },
    };
    await expect(calibratePlan(again as unknown as VerbCall)).rejects.toThrow(
      /once\.yaml: expected assumptions from before this journal, found \S+ with the source/,
    );
  });

  test("takes silence after the journal's end for nothing", async () => {
    said.length = 0;
    await run({ journal: ledger, until: "2036-01-01T00:00:00Z" });
    expect(said[0]).toMatch(/note: the journal tells of nothing after 2026-0[23]-/);
    const read = (toMs?: number) => readCampaignJournal(ledger, plan, { toMs });
    expect((await read(Date.parse("2036-01-01T00:00:00Z"))).toMs).toBe((await read()).toMs);
  });

  test("reads a last day that was moved off the journal, and tells of it", async () => {
    const moved = CAMPAIGN.replaceAll("at: 2026-03-01T", "at: 2026-02-24T");
    expect(moved).not.toBe(CAMPAIGN);
    writeFileSync(join(folder, "moved.yaml"), moved);
    writeFileSync(join(folder, "of-moved.yaml"), `campaign: moved.yaml\n${PLAN}`);
    const other = (await openPlan(join(folder, "of-moved.yaml"))).plan;
    const found = calibrate(other, await readCampaignJournal(ledger, other), null);
    expect(found.notes).toContain(
      "Expiry of card: 2026-02-28 16:00 UTC in the journal, 2026-02-23 16:00 UTC in moved.yaml.",
    );
    const id = "offers.card.redeemed";
    expect(of(found, id).after).toEqual(of(await calibrated(), id).after);
  });

  test("refuses a campaign whose waves lie elsewhere", async () => {
    const shorter = CAMPAIGN.replaceAll("2026-02-13T", "2026-02-12T");
    writeFileSync(join(folder, "shorter.yaml"), shorter);
    writeFileSync(join(folder, "of-shorter.yaml"), `campaign: shorter.yaml\n${PLAN}`);
    const other = (await openPlan(join(folder, "of-shorter.yaml"))).plan;
    await expect(readCampaignJournal(ledger, other)).rejects.toThrow(
      "cards from hour 0 to 144, envelopes from hour 144 to 432, found cards from hour 0 to 168",
    );
  });

  test("says what is wrong with a time, and with a journal of another campaign", async () => {
    const flags = { journal: ledger };
    await expect(run({ ...flags, until: "2026-02-08" })).rejects.toThrow("with zone");
    const early = { ...flags, until: "2026-01-01T00:00:00Z" };
    await expect(run(early)).rejects.toThrow("expected events of the plan's campaign qwen-2026");
  });
});
