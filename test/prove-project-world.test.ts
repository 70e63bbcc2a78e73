// What the world puts in prove's way: files wider than memory, no room for temporary files, YAML
// that unfolds without end. Each gets through, or gets a sentence that says what to do.
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { HongbaoError } from "../src/base/error.ts";
import { proveQuick, readProject, withWarehouse } from "../src/prove/index.ts";
import { loadSource } from "../src/prove/source-file.ts";
import { warehouseFailure } from "../src/prove/warehouse-failure.ts";
import { ProveFolder } from "./prove-project.fixture.ts";

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
    expect(error.message.startsWith(`${file}: `)).toBe(true);
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
    expect(message).toContain("its aliases (*name) stand for too much: write the values out");
  });

  it("of nothing are refused", async () => {
    const { code, message } = await project(["title: *gone"]);
    expect(code).toBe("invalid_file");
    expect(message).toContain("gone");
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
