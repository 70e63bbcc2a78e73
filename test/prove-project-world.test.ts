// What the world puts in prove's way: files wider than memory, no room for temporary files, YAML
// that unfolds without end. Each gets through, or gets a sentence that says what to do.
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { HongbaoError } from "../src/base/error.ts";
import { proveQuick, readProject, withWarehouse } from "../src/prove/index.ts";
import { loadSource } from "../src/prove/source-file.ts";
import { campaignUnits } from "../src/prove/sql/campaign-units.ts";
import { moneyByArm } from "../src/prove/sql/money-by-arm.ts";
import { usersByEvents } from "../src/prove/sql/users-by-events.ts";
import { warehouseFailure } from "../src/prove/warehouse-failure.ts";
import {
  DEFINITION,
  Journal,
  KEPT,
  type ProjectText,
  ProveFolder,
  rowOf,
} from "./prove-project.fixture.ts";

let folder: ProveFolder;
const { TMPDIR } = process.env;
beforeAll(async () => {
  folder = await ProveFolder.make();
});
afterEach(() => {
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
});
afterAll(() => folder.remove());

async function errorOf(promise: Promise<unknown>): Promise<HongbaoError> {
  const thrown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(thrown).toBeInstanceOf(HongbaoError);
  return thrown as HongbaoError;
}

describe("a CSV far wider than what is asked of it", () => {
  const COLUMNS = 5000;
  const MEMORY = { memoryLimit: "250MB" };
  let file: string;
  beforeAll(async () => {
    const wide = Array.from({ length: COLUMNS }, (_, i) => i);
    const rows = Array.from({ length: 120 }, (_, i) =>
      ["ab"[i % 2], Number(i % 7 < 3), ...wide.map((c) => (i * c) / 8)].join(","),
    );
    file = await folder.lines([`arm,kept,${wide.map((i) => `c${i}`).join(",")}`, ...rows]);
  });

  it("takes no more memory than its columns that are asked for", async () => {
    const question = { file, arm: "arm", control: "a", outcomes: ["kept,c7"], warehouse: MEMORY };
    const verdict = await proveQuick(question);
    expect(verdict.studies[0]!.arms[0]).toMatchObject({ n: 60 });
    expect(verdict.studies[0]!.effects.map(({ metric }) => metric.id)).toEqual(["kept", "c7"]);
  });

  it("would take more than there is if all were read", async () => {
    const all = withWarehouse(MEMORY, (warehouse) => loadSource(warehouse, file, "all"));
    expect((await errorOf(all)).message).toContain("more than the 250MB of memory");
  });

  it("is refused without a column that is asked for, by a list that can be read", async () => {
    const asked = proveQuick({ file, arm: "arm", control: "a", outcomes: ["gone"] });
    const { code, message } = await errorOf(asked);
    expect(code).toBe("invalid_file");
    expect(message).toContain('expected a column "gone", found "arm", "kept", "c0"');
    expect(message).toMatch(/ and 4952 more$/);
  });
});

describe("the folder for temporary files", () => {
  it("that is not there is named, with what to do", async () => {
    const missing = join(folder.folder, "gone");
    process.env.TMPDIR = missing;
    const { code, message } = await errorOf(withWarehouse({}, async () => {}));
    expect(code).toBe("file_unreadable");
    expect(message).toContain(`${missing}: the folder for temporary files cannot be used`);
    expect(message).toContain("set TMPDIR to a folder with room");
  });

  it.each([
    'IO Error: Could not write file "/t/rows.duckdb": No space left on device',
    "Out of Disk Error: failed to offload data block (max_temp_directory_size is 0)",
    "ENOSPC: no space left on device, mkdtemp '/t/hongbao-warehouse-XXXXXX'",
  ])("that is full is named, with what to do: %s", (said) => {
    const state = { files: ["visits.parquet"], memoryLimit: "2GB", folder: "/t" };
    const error = warehouseFailure(new Error(said), state) as HongbaoError;
    expect(error.code).toBe("disk_full");
    expect(error.message).toContain("/t: the folder for temporary files is full: free some space");
  });
});

describe("aliases in YAML", () => {
  const project = async (lines: readonly string[]): Promise<HongbaoError> => {
    const file = await folder.write(lines.join("\n"), "yaml");
    const error = await errorOf(readProject(file));
    expect(error.message.replace(file, "FILE")).toMatch(/^FILE, line \d+, column \d+: /);
    return error;
  };

  it("that stand for more than any memory are refused", async () => {
    const bomb = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"];
    for (let i = 1; i < 9; i++) {
      bomb.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(", ")}]`,
      );
    }
    const { code, message } = await project(bomb);
    expect(code).toBe("invalid_file");
    expect(message).toContain("expected at most 100 aliases, found more");
  });

  it("of nothing are refused", async () => {
    const { code, message } = await project(["title: *gone"]);
    expect(code).toBe("invalid_file");
    expect(message).toContain('expected the name of an anchor above, found "gone"');
  });
});

describe("numbers far from zero and near each other", () => {
  it("keep their variance, exactly, and what was before explains it", async () => {
    const base = 1e8;
    // Offsets repeat in both arms; B has half a unit more.
    const offsets = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5];
    const lines = (shift: number): string[] =>
      Array.from({ length: 160 }, (_, i) => {
        const [arm, offset] = [i % 2, offsets[(i >> 1) % offsets.length]!];
        const noise = (i >> 4) % 2 === 0 ? 0.25 : -0.25;
        return `${"AB"[arm]},${shift + offset + noise + arm / 2},${shift + offset}`;
      });
    const effects = async (shift: number) => {
      const file = await folder.lines(["arm,spend,before", ...lines(shift)]);
      const verdict = await proveQuick({
        ...{ file, arm: "arm", control: "A", outcomes: ["spend"], before: "before" },
      });
      return verdict.studies[0]!.effects;
    };
    const [near, far] = [await effects(0), await effects(base)];
    expect(far.map(({ population }) => population)).toEqual(["assigned", "adjusted"]);
    for (const [i, { absolute }] of far.entries()) {
      expect(absolute!.estimate).toBeCloseTo(0.5, 7);
      expect(absolute!.standardError).toBeCloseTo(near[i]!.absolute!.standardError, 12);
    }
    expect(far[1]!.absolute!.standardError).toBeLessThan(0.3 * far[0]!.absolute!.standardError);
  });
});

/** A table of 400 users in two arms with a platform and a waiting time, as a project. */
async function tableProject(plan: Record<string, unknown>): Promise<ProjectText> {
  const lines = Array.from({ length: 400 }, (_, i) => {
    const platform = i % 40 === 0 ? "web" : i % 3 === 0 ? "ios" : "android";
    return `u${i},${"ab"[i % 2]},${Number(i % 7 < 3)},${(i * 37) % 101},${platform}`;
  });
  const file = await folder.lines(["user,arm,kept,wait,platform", ...lines]);
  return { plan, sources: { table: { file, arm: "arm", control: "a", user: "user" } } };
}

describe("segments", () => {
  it.each([
    ["arm", '"arm" is the column of the arms: segments part users within an arm'],
    ["user", '"user" is the column of the users\' ids: expected one of few values'],
  ])("by %s are refused at their line of the plan", async (segment, why) => {
    const message = await folder.refusal(
      await tableProject({ metrics: [KEPT], segments: ["platform", segment] }),
    );
    expect(message).toMatch(/^FILE\.yaml, line \d+, column \d+: plan\.segments\.1: /);
    expect(message).toContain(why);
  });

  it("of too many values are refused by file, column and count", async () => {
    const plan = { metrics: [KEPT], segments: ["wait"] };
    expect(await folder.refusal(await tableProject(plan))).toBe(
      'FILE.csv, column "wait": expected a segment of at most 50 values, found 101',
    );
  });

  it("have the quantiles of their own users", async () => {
    const wait = { id: "wait", kind: "quantile", column: "wait", at: 0.5 };
    const plan = { metrics: [KEPT, wait], segments: ["platform"] };
    const verdict = await folder.prove(await tableProject(plan));
    const rows = verdict.studies[0]!.segments.flatMap((segment) => segment.rows).filter(
      ({ metric }) => metric === "wait",
    );
    expect(rows.map(({ value }) => value)).toEqual(["android", "ios", "web"]);
    for (const { value, arm, treatmentMean } of rows.slice(0, 2)) {
      const own = Array.from({ length: 400 }, (_, i) => i)
        .filter((i) => i % 2 === 1 && i % 40 !== 0 && (i % 3 === 0) === (value === "ios"))
        .map((i) => (i * 37) % 101)
        .sort((a, b) => a - b);
      const half = (own.length - 1) / 2;
      expect(arm).toBe("b");
      expect(treatmentMean).toBe((own[Math.floor(half)]! + own[Math.ceil(half)]!) / 2);
    }
    // All on the web are in the control's arm.
    expect(rows[2]).toMatchObject({ absolute: null, note: "nobody in arm b" });
  });
});

describe("a quantile too far out for its users", () => {
  it("is not measured, with the figure and why, and stops nothing else", async () => {
    const wait = { id: "wait", kind: "quantile", column: "wait", at: 0.9999 };
    const plan = { metrics: [KEPT, wait], segments: ["platform"] };
    const verdict = await folder.prove(await tableProject(plan));
    expect(rowOf(verdict, "kept").absolute).not.toBeNull();
    const { absolute, controlMean, note } = rowOf(verdict, "wait");
    expect(absolute).toBeNull();
    expect(controlMean).toBeCloseTo(100, 0);
    expect(note).toBe("not measured: 200 users of arm a are too few for bounds at .9999");
    const [row] = verdict.studies[0]!.segments[0]!.rows.filter(({ metric }) => metric === "wait");
    expect(row!.note).toMatch(
      /^not measured: \d+ users of arm a are too few for bounds at \.9999$/,
    );
  });
});

describe("arms of unequal make-up", () => {
  /** @param every one of so many rows does not say its platform, in arm b */
  const health = async (lopsided: boolean, every = Number.POSITIVE_INFINITY) => {
    const lines = Array.from({ length: 800 }, (_, i) => {
      const isIos = lopsided && i % 2 === 1 ? i % 10 < 6 : i % 20 < 6;
      const platform = isIos ? "ios" : i === 19 ? "web" : "android";
      const known = (i + 1) % every === 0 ? "" : platform;
      return `${"ab"[i % 2]},${Number(i % 7 < 3)},${known}`;
    });
    const file = await folder.lines(["arm,kept,platform", ...lines]);
    const table = { file, arm: "arm", control: "a", shares: { a: 0.5, b: 0.5 } };
    const plan = { metrics: [KEPT], segments: ["platform"] };
    const verdict = await folder.prove({ plan, sources: { table } });
    return verdict.studies[0]!.health.find(({ name }) => name === "balance of platform");
  };

  it("by a segment fail the check that bears its name", async () => {
    const check = await health(true);
    expect(check).toMatchObject({ passed: false, failure: "Randomisation broken" });
    expect(check!.detail).toMatch(/^ios: a 30\.0 %, b 60\.0 %; chi-square p = /);
  });

  it("fail it by the values that are known, saying who was left out", async () => {
    const check = await health(true, 40);
    expect(check).toMatchObject({ passed: false, failure: "Randomisation broken" });
    expect(check!.detail).toMatch(
      /^ios: a 3\d.\d %, b 6\d.\d %; left out, .*: a 0 of 400 \(0.00 %\), b 20 of 400 \(5.00 %\);/,
    );
    expect(await health(false, 40)).toMatchObject({ passed: true });
  });

  it("do not fail it where they are alike, though a value has one user", async () => {
    expect(await health(false)).toMatchObject({ passed: true });
  });
});

describe("several numbers of before", () => {
  /** The second one differs between the arms; the third metric has the first one's. */
  const healthOf = async (off: number) => {
    const lines = Array.from({ length: 400 }, (_, i) => {
      const [first, second] = [i % 13, (i % 11) + (i % 2) * off];
      return `${"ab"[i % 2]},${i % 5},${i % 3},${first},${second}`;
    });
    const file = await folder.lines(["arm,spend,visits,past,earlier", ...lines]);
    const mean = (id: string, column: string, before: string) => ({
      ...{ id, kind: "mean", column, before },
    });
    const metrics = [
      ...[mean("spend", "spend", "past"), mean("visits", "visits", "earlier")],
      mean("again", "visits", "past"),
    ];
    const table = { file, arm: "arm", control: "a", shares: { a: 0.5, b: 0.5 } };
    const verdict = await folder.prove({ plan: { metrics }, sources: { table } });
    return verdict.studies[0]!.health.filter(({ name }) => name.startsWith("balance of"));
  };

  it("are each checked once, not the first metric's alone", async () => {
    const checks = await healthOf(3);
    expect(checks.map(({ name, passed }) => [name, passed])).toEqual([
      ["balance of spend before, before the experiment", true],
      ["balance of visits before, before the experiment", false],
    ]);
  });

  it("are corrected for their number", async () => {
    // Alone p is .0007, which would fail.
    const [, second] = await healthOf(1.08);
    expect(second).toMatchObject({ passed: true });
    expect(second!.detail).toMatch(/; p = 0\.001$/);
  });
});

const READING = { areExposuresStated: true, startsExposed: false };

describe("exposures", () => {
  it("are counted by user: who was exposed once is not exposed again", async () => {
    const journal = new Journal();
    for (const [i, times] of [0, 1, 1, 2, 3].entries()) {
      journal.assign(`user-${i}`, i % 2);
      for (let t = 0; t < times; t++) journal.emit("exposed", `user-${i}`);
    }
    journal.emit("exposed", "nobody assigned");
    journal.emit("exposed", "nobody assigned");
    const events = await folder.events(journal);
    await withWarehouse({}, async (warehouse) => {
      await loadSource(warehouse, events, "events");
      await warehouse.run(usersByEvents(DEFINITION.id, 0, READING));
      const frame = { target: "units", arms: ["holdout", "card"], minorUnits: 100 };
      const rest = { fees: { grant: 0, redemption: 0 }, tables: [], columns: [], outcomes: null };
      await warehouse.run(campaignUnits({ ...frame, ...rest }));
      const rows = await warehouse.rows(moneyByArm("units", "true", "arm"));
      expect(rows.map(({ arm, users, again }) => [arm, users, again])).toEqual([
        ["card", 2, 1],
        ["holdout", 3, 1],
      ]);
    });
  });
});
