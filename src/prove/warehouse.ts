// DuckDB, embedded: reduces files of any size to the few sums that the statistics need. The only
// module that knows the package; it is loaded at the first use, so that nothing else needs it.
import { dirname, join } from "node:path";
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api";
import { HongbaoError } from "../base/error.ts";
import { type Column, columnTypeSql, type ExportValue, quoteName, quoteText } from "./columns.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "./temporary-folder.ts";
import { temporaryFolderFailure, warehouseFailure } from "./warehouse-failure.ts";

type DuckDb = typeof import("@duckdb/node-api");

/** One result row; whole numbers of any width arrive as numbers. */
export type ResultRow = Record<string, string | number | boolean | null>;

export interface WarehouseOptions {
  /** What DuckDB may hold before it spills to its temporary folder; default "2GB". */
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** Called with every statement before it runs, to show what was asked. */
  readonly onSql?: (sql: string) => void;
}

const DEFAULT_MEMORY = "2GB";

/** Rows that one append call carries: DuckDB's own vector size, the most that a chunk takes. */
const CHUNK_ROWS = 2048;

export class Warehouse {
  private readonly duckdb: DuckDb;
  private readonly instance: DuckDBInstance;
  private readonly connection: DuckDBConnection;
  private readonly folder: string;
  private readonly options: WarehouseOptions;
  private readonly attachments = new Map<string, string>();
  private readonly files = new Set<string>();

  private constructor(
    duckdb: DuckDb,
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    folder: string,
    options: WarehouseOptions,
  ) {
    this.duckdb = duckdb;
    this.instance = instance;
    this.connection = connection;
    this.folder = folder;
    this.options = options;
  }

  /** Opens an empty database in a temporary folder that `close` removes. */
  static async open(options: WarehouseOptions = {}): Promise<Warehouse> {
    const duckdb = await loadDuckDb();
    const folder = await makeTemporaryFolder("hongbao-warehouse-");
    const memory = options.memoryLimit ?? DEFAULT_MEMORY;
    const settings: Record<string, string> = { memory_limit: memory };
    if (options.threads !== undefined) settings.threads = String(options.threads);
    try {
      const instance = await duckdb.DuckDBInstance.create(join(folder, "rows.duckdb"), settings);
      const connection = await instance.connect();
      return new Warehouse(duckdb, instance, connection, folder, options);
    } catch (thrown) {
      await removeTemporaryFolder(folder);
      const isWorlds = thrown instanceof Error && /^IO Error/.test(thrown.message);
      throw isWorlds ? temporaryFolderFailure(dirname(folder), thrown) : thrown;
    }
  }

  /** @param files whose damage may be what makes it fail; default: all that `reads` named */
  async run(sql: string, files: Iterable<string> = this.files): Promise<void> {
    this.options.onSql?.(sql);
    await this.connection.run(sql).catch((thrown: unknown) => this.fail(thrown, files));
  }

  async rows(sql: string): Promise<ResultRow[]> {
    this.options.onSql?.(sql);
    const reader = await this.connection
      .runAndReadAll(sql)
      .catch((thrown: unknown) => this.fail(thrown));
    return reader.getRowObjectsJS().map((row) => {
      const plain: ResultRow = {};
      for (const [name, value] of Object.entries(row)) plain[name] = plainValue(value);
      return plain;
    });
  }

  /** The one row of an aggregate. */
  async row(sql: string): Promise<ResultRow> {
    const [first] = await this.rows(sql);
    return first ?? {};
  }

  /** The rows of a query a chunk at a time, for results that are larger than memory. */
  async *stream(sql: string): AsyncGenerator<readonly (string | number | boolean | null)[]> {
    this.options.onSql?.(sql);
    // A connection of its own: on the first one, the next statement would end the stream.
    const connection = await this.instance.connect();
    try {
      const result = await connection.stream(sql);
      for (;;) {
        const chunk = await result.fetchChunk();
        if (chunk === null || chunk.rowCount === 0) return;
        for (const row of chunk.getRows()) yield row.map(plainValue);
      }
    } catch (thrown) {
      this.fail(thrown);
    } finally {
      connection.closeSync();
    }
  }

  /** Names a file that queries read where it lies, so that its damage is told as its own. */
  reads(file: string): void {
    this.files.add(file);
  }

  private fail(thrown: unknown, files: Iterable<string> = this.files): never {
    const memoryLimit = this.options.memoryLimit ?? DEFAULT_MEMORY;
    const folder = dirname(this.folder);
    throw warehouseFailure(thrown, { files: [...files], memoryLimit, folder });
  }

  /** Opens another DuckDB file for reading; returns the name that its tables are found under. */
  async attach(file: string): Promise<string> {
    const known = this.attachments.get(file);
    if (known !== undefined) return known;
    const name = `file ${this.attachments.size + 1}`;
    await this.run(`ATTACH ${quoteText(file)} AS ${quoteName(name)} (READ_ONLY)`, []);
    this.attachments.set(file, name);
    return name;
  }

  /** Creates table `name` from a stream of rows, a chunk at a time; returns how many came. */
  async append(
    name: string,
    columns: readonly Column[],
    rows: AsyncIterable<readonly ExportValue[]> | Iterable<readonly ExportValue[]>,
  ): Promise<number> {
    const list = columns.map((c) => `${quoteName(c.name)} ${columnTypeSql(c.type)}`).join(", ");
    await this.run(`CREATE OR REPLACE TABLE ${quoteName(name)} (${list})`);
    const appender = await this.connection
      .createAppender(name)
      .catch((thrown: unknown) => this.fail(thrown));
    const types = columns.map((_, index) => appender.columnType(index));
    let buffer: DuckDBValue[][] = [];
    let total = 0;
    const send = (): void => {
      const chunk = this.duckdb.DuckDBDataChunk.create(types, buffer.length);
      chunk.setRows(buffer);
      this.whole(() => appender.appendDataChunk(chunk));
      buffer = [];
    };
    for await (const row of rows) {
      buffer.push(row.map((value, index) => storedValue(value, columns[index]!)));
      total += 1;
      if (buffer.length === CHUNK_ROWS) send();
    }
    if (buffer.length > 0) send();
    this.whole(() => appender.closeSync());
    return total;
  }

  /** Writes that nothing waits for fail where they are made. */
  private whole(write: () => void): void {
    try {
      write();
    } catch (thrown) {
      this.fail(thrown);
    }
  }

  async close(): Promise<void> {
    try {
      this.connection.closeSync();
      this.instance.closeSync();
    } finally {
      await removeTemporaryFolder(this.folder);
    }
  }
}

/** Opens a warehouse for `use` and closes it whatever happens. */
export async function withWarehouse<T>(
  options: WarehouseOptions,
  use: (warehouse: Warehouse) => Promise<T>,
): Promise<T> {
  const warehouse = await Warehouse.open(options);
  try {
    return await use(warehouse);
  } finally {
    await warehouse.close();
  }
}

async function loadDuckDb(): Promise<DuckDb> {
  try {
    return await import("@duckdb/node-api");
  } catch (cause) {
    throw new HongbaoError({
      code: "package_missing",
      message: "reading outcome files needs DuckDB, which is not installed: npm i @duckdb/node-api",
      cause,
    });
  }
}

/** Int64 columns take bigints; everything else is stored as it is. */
function storedValue(value: ExportValue, column: Column): DuckDBValue {
  return column.type === "int64" && typeof value === "number" ? BigInt(value) : value;
}

function plainValue(value: unknown): string | number | boolean | null {
  if (typeof value === "bigint") return Number(value);
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "boolean") return value;
  return String(value);
}
