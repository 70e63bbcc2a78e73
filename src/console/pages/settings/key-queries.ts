// What the server is asked about keys.
import type { AnswerOf } from "../../../client/index.ts";

export type Key = AnswerOf<"keys.list">["keys"][number];

export const KEYS_QUERY = ["keys"] as const;
