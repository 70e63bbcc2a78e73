// Users of the app's files as the journal knows them: ids become pseudonyms by the campaign's key,
// each once, however many files and rows they stand in.
import { LIMITS } from "../../base/limits.ts";
import { type Column, quoteName } from "../columns.ts";
import { type CellCheck, fileProblem, type SourceTable } from "../source-file.ts";
import { tryPseudonymKey } from "../sql/dialect.ts";
import type { Warehouse } from "../warehouse.ts";

/** The campaign's pseudonym of a user id: 32 hex digits. */
export type Pseudonym = (user: string) => string;

/** A relation and its column with the user. */
export interface UserColumn {
  readonly source: SourceTable;
  readonly user: string;
}

const NAMES = "names";
const ID_BYTES = LIMITS.idBytes;

/** What cells of users must be. Throws `invalid_file` where a column cannot hold ids. */
export function userChecks(
  source: SourceTable,
  column: string,
  arePseudonyms: boolean,
): CellCheck[] {
  const name = quoteName(column);
  const type = source.types.get(column)!;
  if (/^(DOUBLE|FLOAT|DECIMAL)/.test(type)) {
    // 17 would have become 17.0, and nobody's id.
    const message = `expected ids as text or whole numbers, found a column of ${type}`;
    throw fileProblem(source.file, `column "${column}"`, message, { column });
  }
  const empty = `${name} IS NULL OR ${name}::VARCHAR = ''`;
  const [wrong, expected] = arePseudonyms
    ? [`${tryPseudonymKey(name)} IS NULL`, "a pseudonym of 32 hex digits"]
    : [`strlen(${name}::VARCHAR) > ${ID_BYTES}`, `a user's id of at most ${ID_BYTES} bytes`];
  return [
    { column, wrong: empty, expected: "a user's id" },
    { column, wrong, expected },
  ];
}

/** SQL of what tells users of a column apart: two spellings of a pseudonym are one user. */
export function userSql(column: string, arePseudonyms: boolean): string {
  return arePseudonyms ? tryPseudonymKey(quoteName(column)) : quoteName(column);
}

/** Makes the table by which `userKey` looks ids up. */
export async function nameUsers(
  warehouse: Warehouse,
  columns: readonly UserColumn[],
  pseudonym: Pseudonym,
  onProgress: (users: number) => void = () => {},
): Promise<void> {
  const ids = columns.map(
    ({ source, user }) =>
      `SELECT ${quoteName(user)}::VARCHAR AS id FROM ${quoteName(source.table)}`,
  );
  // UNION alone would leave the rows of one relation as they are.
  const distinct = `SELECT DISTINCT id FROM (${ids.join(" UNION ALL ")})`;
  const pairs = async function* (): AsyncGenerator<string[]> {
    let users = 0;
    for await (const [id] of warehouse.stream(distinct)) {
      yield [String(id), pseudonym(String(id))];
      users += 1;
      if (users % 16_384 === 0) onProgress(users);
    }
  };
  const texts: Column[] = [
    { name: "id", type: "text" },
    { name: "user", type: "text" },
  ];
  await warehouse.append("names as text", texts, pairs());
  await warehouse.run(
    `CREATE OR REPLACE TABLE ${NAMES} AS
SELECT id, ${tryPseudonymKey('"user"')} AS "user" FROM "names as text"`,
  );
  await warehouse.run('DROP TABLE "names as text"');
}

/**
 * SQL of a relation with the user's key in place of his id.
 * @param columns SQL of further columns, of the relation `r`
 */
export function keyedRows(
  { source, user }: UserColumn,
  arePseudonyms: boolean,
  columns: readonly string[],
): string {
  const from = `FROM ${quoteName(source.table)} r`;
  const list = columns.map((column) => `, ${column}`).join("");
  if (arePseudonyms) {
    return `SELECT ${tryPseudonymKey(`r.${quoteName(user)}`)} AS "user"${list} ${from}`;
  }
  return (
    `SELECT n."user" AS "user"${list} ${from} ` +
    `JOIN ${NAMES} n ON n.id = r.${quoteName(user)}::VARCHAR`
  );
}
