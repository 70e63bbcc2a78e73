// The lists that the journal says are in force, read when an engine opens: the same ones, or none.
import type { Engine } from "../engine.ts";
import { hashesInForce } from "./list-import.ts";
import { listMissing } from "./list-store.ts";

/**
 * Throws HongbaoError `list_missing` for a list that is gone or changed; with `without` the
 * campaign goes on without it, and conditions that ask for it refuse.
 */
export async function loadLists(
  engine: Engine,
  without: boolean,
  onNotice: ((text: string) => void) | undefined,
): Promise<void> {
  for (const { lists, definition } of engine.state.campaigns) {
    const { names } = engine.find(definition.id)!;
    for (const [ordinal, imported] of lists.entries()) {
      if (imported == null) continue;
      const { id } = definition.lists![ordinal]!;
      const list = await engine.lists.read(imported.sha256);
      if (list !== null) {
        names.eligibility.lists.set(id, list);
        continue;
      }
      const missing = listMissing(engine.lists, definition.id, id, imported.sha256);
      if (!without) throw missing;
      onNotice?.(`${missing.message}; until then conditions that ask for it refuse`);
    }
  }
  await engine.lists.keepOnly(hashesInForce(engine));
}
