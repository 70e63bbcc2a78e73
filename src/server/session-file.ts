// sessions.json in the data directory: written whole or not at all, readable by its owner only. It
// holds hashes of tokens, and its loss costs a sign-in, so a file that is not what it was is left
// behind instead of stopping a server.
import path from "node:path";
import { z } from "zod";
import { readIfThere, writeWhole } from "../host/data-directory.ts";
import type { SessionStore, StoredSession } from "./sessions.ts";

const FORMAT = 1;

const fileSchema: z.ZodType<{ format: 1; sessions: StoredSession[] }> = z.strictObject({
  format: z.literal(FORMAT),
  sessions: z.array(
    z.strictObject({
      hash: z.string().regex(/^[0-9a-f]{64}$/),
      key: z.string().regex(/^k-[0-9a-z]{1,32}$/),
      expiresAtMs: z.int(),
    }),
  ),
});

export function fileSessionStore(directory: string): SessionStore {
  const file = path.join(directory, "sessions.json");
  return {
    read: async () => {
      const content = await readIfThere(file);
      return content === null ? [] : parseSessions(new TextDecoder().decode(content));
    },
    write: (sessions) => writeWhole(file, `${JSON.stringify({ format: FORMAT, sessions })}\n`),
  };
}

function parseSessions(text: string): StoredSession[] {
  try {
    return fileSchema.parse(JSON.parse(text)).sessions;
  } catch {
    return [];
  }
}
