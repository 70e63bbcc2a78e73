// Users of the app's files as the journal knows them: ids become pseudonyms by the campaign's key,
// each once, however many files and rows they stand in.
import { type Column, quoteName } from "../columns.ts";
import type { CellCheck, SourceTable } from "../source-file.ts";
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

/** What cells of users must be. */
export function userChecks(column: string, arePseudonyms: boolean): CellCheck[] {
  const name = quoteName(column);
  const empty = `${name} IS NULL OR ${name}::VARCHAR = ''`;
  const given = { column, wrong: empty, expected: "a user's id" };
  if (!arePseudonyms) return [given];
  const wrong = `${tryPseudonymKey(name)} IS NULL`;
  return [given, { column, wrong, expected: "a pseudonym of 32 hex digits" }];
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
  const pairs = async function* (): AsyncGenerator<string[]> {
    let users = 0;
    for await (const [id] of warehouse.stream(ids.join(" UNION "))) {
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
