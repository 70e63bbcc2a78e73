// Exported rows come back as they went, in both formats, and never half a file.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Column,
  type ExportFormat,
  type ExportValue,
  exportRows,
  withWarehouse,
} from "../src/prove/index.ts";

const COLUMNS: readonly Column[] = [
  { name: "sequence", type: "int64" },
  { name: "arm", type: "int32" },
  { name: "user", type: "text" },
  { name: "share", type: "double" },
  { name: "exposed", type: "boolean" },
];

const HARD: readonly ExportValue[][] = [
  [Number.MAX_SAFE_INTEGER, -2147483648, 'quote " and, comma', 0.1, true],
  [-Number.MAX_SAFE_INTEGER, 2147483647, "line\nfeed\r\nand more", -1e300, false],
  [0, 0, "红包 🧧", 5e-324, true],
  [null, null, null, null, null],
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hongbao-export-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function* manyRows(count: number): Generator<ExportValue[]> {
  for (let i = 0; i < count; i++) yield HARD[i % HARD.length]!;
}

async function readBack(path: string): Promise<ExportValue[][]> {
  const columns = COLUMNS.map(({ name, type }) => {
    const sql = { int64: "BIGINT", int32: "INT", text: "VARCHAR", double: "DOUBLE" } as const;
    return `'${name}': '${type === "boolean" ? "BOOLEAN" : sql[type]}'`;
  });
  const reader = path.endsWith("parquet")
    ? `read_parquet('${path}')`
    : `read_csv('${path}', auto_detect = false, header = true, nullstr = '',
        columns = {${columns.join(", ")}})`;
  return await withWarehouse({}, async (warehouse) => {
    const rows = await warehouse.rows(`SELECT * FROM ${reader}`);
    return rows.map((row) => COLUMNS.map((column) => row[column.name]!));
  });
}

describe.each(["csv", "parquet"] as const)("an export to %s", (format: ExportFormat) => {
  it("returns every value as it was, over several chunks", async () => {
    const seen: number[] = [];
    const target = { dir: folder, name: "rows", format, onProgress: (n: number) => seen.push(n) };
    const file = await exportRows(manyRows(5003), COLUMNS, target);
    expect(file.rows).toBe(5003);
    expect(seen.at(-1)).toBe(5003);
    const back = await readBack(file.path);
    expect(back).toHaveLength(5003);
    expect(back.slice(0, 4)).toEqual(HARD);
    expect(back[5000]).toEqual(HARD[0]);
  });

  it("writes a file with its columns when there are no rows", async () => {
    const file = await exportRows([], COLUMNS, { dir: folder, name: "empty", format });
    expect(file.rows).toBe(0);
    expect(await readBack(file.path)).toEqual([]);
  });

  it("leaves the old file and no temporary one when the rows fail midway", async () => {
    const target = { dir: join(folder, format), name: "kept", format };
    const { path } = await exportRows(manyRows(4), COLUMNS, target);
    const before = await readFile(path);
    const failing = async function* (): AsyncGenerator<ExportValue[]> {
      yield* manyRows(3000);
      throw new Error("the journal ends here");
    };
    await expect(exportRows(failing(), COLUMNS, target)).rejects.toThrow("the journal ends here");
    expect(await readFile(path)).toEqual(before);
    expect(await readdir(target.dir)).toEqual([`kept.${format}`]);
  });
});
