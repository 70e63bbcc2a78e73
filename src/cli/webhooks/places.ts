// The data directory that somebody named, and the journal in it. The outbox lies beside the
// journal, so the journal's own folder is not enough.
import { resolve } from "node:path";
import { contractError } from "../../contract/errors.ts";
import { journalFolder } from "../journal-folder.ts";

export async function webhookPlaces(
  directory: string,
): Promise<{ directory: string; journal: string }> {
  const journal = await journalFolder(directory);
  if (resolve(journal) !== resolve(directory)) return { directory, journal };
  const message = `${directory}: expected a data directory, found the journal's folder in one`;
  throw contractError("invalid_usage", message, { next: "Name the folder around it." });
}
