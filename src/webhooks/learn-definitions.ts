// What the campaigns of a journal said, as of a record: an endpoint that begins in the middle needs
// it once, to read the events after it.
import { EVENT_KINDS } from "../core/event.ts";
import { type Definitions, eventFields, payloadWords } from "../core/event-view.ts";
import { readDirectory } from "../journal/index.ts";

export async function learnDefinitions(journal: string, upTo: number): Promise<Definitions> {
  const definitions: Definitions = [];
  if (upTo === 0) return definitions;
  for await (const record of (await readDirectory(journal)).records()) {
    const words = payloadWords(record.payload);
    for (let at = 0; at < words.length; at += words[at]! >>> 16) {
      const kind = words[at]! & 0xff;
      if (kind !== EVENT_KINDS.opened && kind !== EVENT_KINDS.revised) continue;
      eventFields(words, at, record.atMs, definitions);
    }
    if (record.sequence >= upTo) break;
  }
  return definitions;
}
