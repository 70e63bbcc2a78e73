// Tables as people export them: what cannot be read is told by what to do, what is only written
// otherwise can be said.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HongbaoError } from "../src/base/error.ts";
import { studyCustomers } from "../src/prove/customers/index.ts";
import {
  exportRows,
  proveProject,
  proveQuick,
  type QuickQuestion,
  readProject,
  type Verdict,
} from "../src/prove/index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hongbao-kinds-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const CELLS = [
  ["user", "arm", "kept", "spend"],
  ...Array.from({ length: 40 }, (_, i) => [
    ...[`u${i}`, i % 2 ? "a" : "b", i % 4 > 1 ? "1" : "0", String(i / 4)],
  ]),
];
const textBy = (separator: string): string =>
  `${CELLS.map((row) => row.join(separator)).join("\n")}\n`;

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

function ask(file: string, more: Partial<QuickQuestion> = {}): Promise<Verdict> {
  return proveQuick({ file, arm: "arm", control: "a", outcomes: ["kept,spend"], ...more });
}

/** The message, and what is said to do next. */
async function told(asked: Promise<unknown>): Promise<string> {
  const thrown: unknown = await asked.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(HongbaoError);
  const { message, details } = thrown as HongbaoError;
  return details.next === undefined ? message : `${message} -> ${details.next}`;
}

describe("a file that is no CSV", () => {
  it.each([
    ["UTF-16", Buffer.from(`\ufeff${textBy(",")}`, "utf16le"), /UTF-16: save it as CSV in UTF-8/],
    ["UTF-16 without a mark", Buffer.from(textBy(","), "utf16le"), /bytes of value 0/],
    ["gzip", gzipSync(textBy(",")), /packed \(gzip\): unpack it first/],
    ["a workbook", Buffer.from("PK\u0003\u0004rest"), /Excel workbook or a zip archive/],
    ["Parquet by another name", Buffer.from("PAR1rest"), /it is Parquet: let its name end in/],
    [
      "Latin-1 in a cell",
      Buffer.from(textBy(",").replaceAll(",a,", ",ä,"), "latin1"),
      /not text in UTF-8.* -> Save it as CSV in UTF-8/,
    ],
    [
      "Latin-1 in the header",
      Buffer.from(textBy(",").replace("spend", "Umsätze"), "latin1"),
      /not text in UTF-8/,
    ],
  ])("is told as %s", async (_, content, expected) => {
    const file = await write("kind.csv", content);
    const message = await told(ask(file));
    expect(message).toMatch(expected);
    expect(message).not.toMatch(/SELECT|read_csv|at or near/);
  });

  it("is told where the name says Parquet or DuckDB", async () => {
    for (const ending of ["parquet", "duckdb"]) {
      const file = await write(`kind.${ending}`, textBy(","));
      expect(await told(ask(file))).toMatch(/its first bytes are of something else/);
    }
  });
});

describe("another separator", () => {
  it.each([
    ["semicolon", ";"],
    ["tab", "\t"],
    ["pipe", "|"],
  ] as const)("%s is offered, and taken where it is said", async (separator, sign) => {
    const plain = await ask(await write("plain.csv", textBy(",")));
    const file = await write("plain.csv", textBy(sign));
    expect(await told(ask(file))).toMatch(
      new RegExp(`columns parted by commas, found ${separator}s -> Add --separator ${separator}`),
    );
    expect(await ask(file, { separator })).toEqual(plain);
  });

  it("is a key of a project's table", async () => {
    const file = await write("by.csv", textBy(";"));
    const path = join(folder, "prove.yaml");
    const project = (separator: string): string =>
      "title: t\nplan:\n  metrics: [{ id: kept, column: kept, kind: share }]\nsources:\n" +
      `  table: { file: ${file}, ${separator}arm: arm, control: a }\n`;
    await writeFile(path, project(""));
    const asked = async () => proveProject(await readProject(path), null);
    expect(await told(asked())).toMatch(/found semicolons -> Add separator: semicolon/);
    await writeFile(path, project("separator: semicolon, "));
    expect((await asked()).studies[0]!.arms.map(({ n }) => n)).toEqual([20, 20]);
  });

  it("is taken for a cohort's table, too", async () => {
    const file = await write(
      "cohort.csv",
      "period;survivors\n0;1000\n1;869\n2;743\n3;653\n4;593\n",
    );
    const request = {
      ...{ file, columns: {}, unit: null, horizon: null, yearlyDiscount: 0.1, level: 0.95 },
      ...{ seed: 1, replicates: null, nowMs: 0 },
    };
    expect(await told(studyCustomers(request))).toMatch(/Add --separator semicolon/);
    const { study } = await studyCustomers({ ...request, separator: "semicolon" });
    expect(study.kind).toBe("cohort");
  });
});

describe("cells", () => {
  it("of true and false are 1 and 0, as in Parquet", async () => {
    const words = textBy(",").replace(/,1,/g, ",TRUE,").replace(/,0,/g, ",false,");
    const numbers = await ask(await write("truth.csv", textBy(",")), { outcomes: ["kept"] });
    const csv = await ask(await write("truth.csv", words), { outcomes: ["kept"] });
    expect(csv).toEqual(numbers);
    const rows = CELLS.slice(1).map(([user, arm, kept]) => [user!, arm!, kept === "1"]);
    const columns = [
      { name: "user", type: "text" },
      { name: "arm", type: "text" },
      { name: "kept", type: "boolean" },
    ] as const;
    const target = { dir: folder, name: "truth", format: "parquet" } as const;
    const { path } = await exportRows(rows, columns, target);
    const parquet = await ask(path, { outcomes: ["kept"] });
    expect(parquet.studies[0]!.effects).toEqual(csv.studies[0]!.effects);
  });

  it.each(["1,5", "1,234", "50%"])("of %s are refused, not guessed at", async (cell) => {
    const file = await write("odd.csv", textBy(",").replace("u3,a,1,0.75", `u3,a,1,"${cell}"`));
    expect(await told(ask(file))).toMatch(
      /line 5, column "spend": expected a finite number .*", which has to be a plain number/,
    );
  });

  it("of NA are offered as empty ones", async () => {
    const file = await write("na.csv", textBy(",").replace("u3,a,1,0.75", "u3,a,1,NA"));
    expect(await told(ask(file))).toMatch(/\(or --empty …, for words that mean none\), found "NA"/);
    const { studies } = await ask(file, { empty: ["NA"], missing: "drop" });
    expect(studies[0]!.arms.map(({ n }) => n)).toEqual([19, 20]);
  });
});
