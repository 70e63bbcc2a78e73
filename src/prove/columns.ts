// How rows that leave the journal, or enter the warehouse, are described: a name and one of five
// plain types, so that CSV, Parquet and any other warehouse agree on them.

export type ColumnType = "int32" | "int64" | "double" | "text" | "boolean";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** Int64 values are safe integers; nothing larger leaves the journal. */
export type ExportValue = string | number | boolean | null;

const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  int32: "INTEGER",
  int64: "BIGINT",
  double: "DOUBLE",
  text: "VARCHAR",
  boolean: "BOOLEAN",
};

export function columnTypeSql(type: ColumnType): string {
  return SQL_TYPES[type];
}

/** A column or table name as SQL takes it, whatever it contains. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text literal of SQL. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
