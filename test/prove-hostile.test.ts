// Hostile outcome files: each gets one plain sentence that names file, line and column, and never a
// verdict.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HongbaoError } from "../src/base/error.ts";
import {
  proveProject,
  type RunFile,
  readPopulation,
  readProject,
  readRunFile,
  type Verdict,
} from "../src/prove/index.ts";

let folder: string;
let run: RunFile;
let serial = 0;

const PROJECT = `title: test
plan:
  metrics:
    - { id: kept, column: kept, kind: share }
    - { id: spend, column: spend, kind: mean, unit: USD }
sources:
  table:
    user: user
    arm: arm
    control: none
    shares: { none: 50 %, mail: 50 % }
    assigned: before contact
  counts: counts.yaml
`;

const RUN = `title: test
campaign: campaign.yaml
population:
  user: user
  arm: arm
  arms:
    none: { holdout: true }
    mail: { variant: mail, offer: card }
`;

const GOOD = [
  "user,arm,kept,spend",
  "a,none,0,0",
  "b,none,1,2.5",
  "c,none,0,1",
  "d,mail,1,3",
  "e,mail,1,0",
  "f,mail,0,7",
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hongbao-hostile-"));
  await writeFile(join(folder, "prove.yaml"), PROJECT);
  await writeFile(join(folder, "run.yaml"), RUN);
  run = await readRunFile(join(folder, "run.yaml"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function fileOf(text: string, ending = "csv"): Promise<string> {
  serial += 1;
  const path = join(folder, `population-${serial}.${ending}`);
  await writeFile(path, text);
  return path;
}

/** Without a table, from the counts. */
async function prove(table?: string): Promise<Verdict> {
  const rows = table === undefined ? {} : { table };
  return await proveProject(await readProject(join(folder, "prove.yaml"), rows), null);
}

async function refusal(promise: Promise<unknown>): Promise<HongbaoError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(HongbaoError);
  return error as HongbaoError;
}

/** The good rows with some replaced, by line number. */
function changed(lines: Record<number, string>): string {
  return `${GOOD.map((line, index) => lines[index + 1] ?? line).join("\n")}\n`;
}

describe("a hostile table", () => {
  it("is a control: the good rows are judged", async () => {
    const verdict = await prove(await fileOf(changed({})));
    expect(verdict.studies[0]?.effects).toHaveLength(2);
  });

  it.each([
    ["an empty file", "", /line 1: expected a header line, found nothing/],
    ["a header alone", "user,arm,kept,spend\n", /has a header but no rows/],
    [
      "a missing column",
      changed({ 1: "user,arm,kept,spent" }),
      /line 1: expected a column "spend", found "user", "arm", "kept", "spent"/,
    ],
    [
      "NaN",
      changed({ 5: "d,mail,1,NaN" }),
      /line 5, column "spend": expected a finite number \(or empty: ….*\), found "NaN"/,
    ],
    ["infinity", changed({ 6: "e,mail,1,-inf" }), /line 6, column "spend".*finite number/],
    ["a word", changed({ 3: "b,none,1,lots" }), /line 3, column "spend".*found "lots"/],
    ["an empty cell", changed({ 4: "c,none,,1" }), /line 4, column "kept".*found an empty cell/],
    [
      "a share of two",
      changed({ 4: "c,none,2,1" }),
      /line 4, column "kept": expected 0 or 1, found "2"/,
    ],
    [
      "an arm without a share",
      changed({ 6: "e,fax,1,0", 7: "f,fax,0,7" }),
      /expected a share of the arm "fax", too/,
    ],
    ["an arm left empty", changed({ 7: "f,,0,7" }), /line 7, column "arm".*found an empty cell/],
    [
      "a user twice",
      changed({ 4: "a,none,0,7" }),
      /line 4, column "user": expected each user once \(or duplicates: .*\), found "a"/,
    ],
    [
      "a user in two arms",
      changed({ 7: "a,mail,0,7" }),
      /line 2, column "user": .* each user in one arm \(or severalArms: drop\), found "a" \(2/,
    ],
    [
      "a user without a name",
      changed({ 3: ",none,1,2.5" }),
      /line 3, column "user": expected a user's id/,
    ],
    [
      "an arm with nobody",
      changed({ 5: "d,none,1,3", 6: "e,none,1,0", 7: "f,none,0,7" }),
      /column "arm": no row says "mail", which sources\.table\.shares gives a share/,
    ],
    [
      "an arm with one user",
      changed({ 5: "d,none,1,3", 6: "e,none,1,0" }),
      /arm "mail" has one user/,
    ],
    ["a line with too many cells", changed({ 4: "c,none,0,1,9,9" }), /cannot be read as CSV.*4/s],
  ])("%s", async (_, text, expected) => {
    const table = await fileOf(text);
    const error = await refusal(prove(table));
    expect(error.code).toBe("invalid_file");
    expect(error.message).toMatch(expected);
    expect(error.message).toContain(basename(table));
  });

  it("is placed by its line also after quoted line feeds and blank lines", async () => {
    const text = changed({ 2: '"a\n\nb",none,0,0', 4: "\nc,none,0,1", 6: "e,mail,1,x" });
    const error = await refusal(prove(await fileOf(text)));
    expect(error.message).toContain('line 9, column "spend"');
  });

  it("counts how many rows share the problem", async () => {
    const text = changed({ 3: "b,none,1,x", 5: "d,mail,1,y", 7: "f,mail,0,z" });
    const error = await refusal(prove(await fileOf(text)));
    expect(error.message).toContain('line 3, column "spend"');
    expect(error.message).toContain("(3 rows in all)");
  });

  it("names a file that does not exist, and one that is no Parquet", async () => {
    const missing = await refusal(prove(join(folder, "no.csv")));
    expect(missing.code).toBe("file_not_found");
    const fake = await refusal(prove(await fileOf("PAR?", "parquet")));
    expect(fake.message).toContain("cannot be read as Parquet");
  });

  it("reports a metric without variance in words, not as NaN", async () => {
    const rows = GOOD.map((line, i) => (i === 0 ? line : line.replace(/,[\d.]+$/, ",5")));
    const verdict = await prove(await fileOf(`${rows.join("\n")}\n`));
    const spend = verdict.studies[0]?.effects.find((row) => row.metric.id === "spend");
    expect(spend?.absolute).toBeNull();
    expect(spend?.note).toMatch(/same value/);
    expect(JSON.stringify(verdict)).not.toContain("NaN");
  });

  it("quotes columns and values that look like SQL", async () => {
    const text = PROJECT.replace("arm: arm", `arm: "a\\"; DROP TABLE x; --"`)
      .replace("control: none", `control: "it's"`)
      .replace("shares: { none: 50 %", `shares: { "it's": 50 %`);
    await writeFile(join(folder, "odd.yaml"), text);
    const header = 'user,"a""; DROP TABLE x; --",kept,spend';
    const rows = GOOD.slice(1).map((line) => line.replace("none", "it's"));
    const table = await fileOf(`${[header, ...rows].join("\n")}\n`);
    const odd = await readProject(join(folder, "odd.yaml"), { table });
    const verdict = await proveProject(odd, null);
    expect(verdict.studies[0]?.users).toBe(6);
  });
});

describe("a hostile population, which is to run through the engine", () => {
  it.each([
    [
      "an unknown arm",
      changed({ 7: "f,fax,0,7" }),
      /line 7, column "arm": expected one of "none", "mail", found "fax"/,
    ],
    ["an arm left empty", changed({ 7: "f,,0,7" }), /line 7, column "arm".*found an empty cell/],
    [
      "a user twice",
      changed({ 7: "a,mail,0,7" }),
      /line 7, column "user": expected each user once/,
    ],
    ["a user without a name", changed({ 3: ",none,1,2.5" }), /line 3, column "user".*a user id/],
  ])("is refused before its first user runs: %s", async (_, text, expected) => {
    const first = readPopulation(run, await fileOf(text)).next();
    expect((await refusal(first)).message).toMatch(expected);
  });
});

describe("a hostile run.yaml or counts.yaml", () => {
  it.each([
    ["broken YAML", "title: [", /line 1/],
    ["an unknown key", `${RUN}colour: red\n`, /colour/],
    ["two holdouts", RUN.replace("variant: mail, offer: card", "holdout: true"), /one holdout/],
    ["no offer", RUN.replace(", offer: card", ""), /line 8, column 11: population.arms.mail/],
  ])("%s", async (_, text, expected) => {
    const path = join(folder, "bad.yaml");
    await writeFile(path, text);
    const error = await refusal(readRunFile(path));
    expect(error.code).toBe("invalid_file");
    expect(error.message).toMatch(expected);
    expect(error.message).toContain(path);
  });

  const arm = (n: number, sum: number): string =>
    `{ n: ${n}, outcomes: { kept: { sum: ${sum}, sumSquares: ${sum} }, ` +
    "spend: { sum: 10, sumSquares: 200 } } }";

  async function counts(...arms: readonly string[]): Promise<string> {
    const text = `source: x\narms:\n${arms.map((each) => `  ${each}\n`).join("")}`;
    await writeFile(join(folder, "counts.yaml"), text);
    return (await refusal(prove())).message;
  }

  it("counts that no numbers can have are refused", async () => {
    const few = arm(10, 2).replace("sumSquares: 200", "sumSquares: 1");
    const found = await counts(`none: ${arm(10, 11)}`, `mail: ${arm(10, 3)}`);
    expect(found).toMatch(/"kept": 11 of 10 is no share/);
    expect(await counts(`none: ${few}`, `mail: ${few}`)).toMatch(/sumSquares >= sum\^2 \/ n/);
    expect(await counts(`none: ${arm(10, 2)}`, `mail: ${arm(0, 0)}`)).toMatch(/"mail" has 0 users/);
  });

  it("counts without an arm, a share of it or an outcome are refused", async () => {
    const [none, mail] = [`none: ${arm(10, 2)}`, `mail: ${arm(10, 2)}`];
    expect(await counts(mail)).toMatch(/counts\.yaml, arms: expected an arm "none"/);
    expect(await counts(none, mail, `fax: ${arm(10, 2)}`)).toMatch(/a share of the arm "fax", too/);
    const short = mail.replace(/, spend: \{[^}]*\}/, "");
    expect(await counts(none, short)).toMatch(/arms\.mail\.outcomes: expected an outcome "spend"/);
  });
});
