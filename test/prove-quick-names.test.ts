// Arms and columns may be called anything: also what every ordinary object already answers to.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proveProject, proveQuick, readProject, type Verdict } from "../src/prove/index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hongbao-names-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const TAKEN = ["__proto__", "constructor", "toString"];

async function tableOf(arm: string, column: string): Promise<string> {
  const file = join(folder, "names.csv");
  const rows = Array.from({ length: 40 }, (_, i) => `${i % 2 ? arm : "b"},${i % 4 > 1 ? 1 : 0},2`);
  await writeFile(file, `${[`arm,${column},before`, ...rows].join("\n")}\n`);
  return file;
}

function armsOf({ studies: [study] }: Verdict): string[] {
  return study!.arms.map(({ id }) => id);
}

describe("quick", () => {
  it.each(TAKEN)("takes an arm and an outcome called %s for what they are", async (name) => {
    const file = await tableOf(name, name);
    const asked = { file, arm: "arm", outcomes: [name] };
    const verdict = await proveQuick({ ...asked, control: name });
    expect(armsOf(verdict)).toEqual([name, "b"]);
    expect(verdict.studies[0]!.effects[0]!.metric.id).toBe(name);
    const adjusted = await proveQuick({ ...asked, control: "b", before: "before" });
    expect(armsOf(adjusted)).toEqual(["b", name]);
  });

  it.each(TAKEN)("names the arms where the control %s is none of them", async (name) => {
    const file = await tableOf("a", "kept");
    const asked = proveQuick({ file, arm: "arm", control: name, outcomes: ["kept"] });
    const message = `expected the control "${name}" among the arms, found "a", "b"`;
    await expect(asked).rejects.toThrow(message);
  });

  it("judges a metric without history beside one that has it", async () => {
    const file = await tableOf("a", "constructor");
    const verdict = await proveQuick({
      ...{ file, arm: "arm", control: "a", outcomes: ["constructor"] },
      shares: new Map([
        ["a", 0.5],
        ["b", 0.5],
      ]),
    });
    expect(verdict.studies[0]!.effects.map(({ population }) => population)).not.toContain(
      "adjusted",
    );
  });
});

describe("a project", () => {
  it("takes a metric and arms called constructor for what they are", async () => {
    const file = await tableOf("constructor", "constructor");
    const path = join(folder, "prove.yaml");
    const text = `title: names
plan:
  metrics:
    - { id: constructor, column: constructor, kind: share }
    - { id: other, column: before, kind: mean, before: before }
sources:
  table: { file: ${file}, arm: arm, control: constructor, missing: drop }
`;
    await writeFile(path, text);
    const verdict = await proveProject(await readProject(path), null);
    expect(armsOf(verdict)).toEqual(["constructor", "b"]);
  });

  it.each(["share", "log"])("says that there is no %s called constructor", async (what) => {
    const file = await tableOf("a", "kept");
    const path = join(folder, "prove.yaml");
    const metric =
      what === "log"
        ? "{ id: kept, log: constructor, kind: share, days: [0, 1] }"
        : "{ id: kept, column: kept, kind: share }";
    const table = `{ file: ${file}, arm: arm, control: constructor, shares: { a: 50 %, b: 50 % } }`;
    const sources = what === "log" ? "{ events: events.csv }" : `{ table: ${table} }`;
    await writeFile(path, `title: t\nplan:\n  metrics: [${metric}]\nsources: ${sources}\n`);
    const message = what === "log" ? /no log "constructor"/ : /share of the control "constructor"/;
    await expect(readProject(path)).rejects.toThrow(message);
  });
});
