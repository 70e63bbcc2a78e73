// What many rows of the operation table have in common.

/** Something that only an operator may do; decided by the writer, and no money of a claim moves. */
export const ADMIN_COMMAND = {
  method: "POST",
  scopes: ["admin"],
  kind: "command",
  movesMoney: false,
  batchPath: null,
  produces: "json",
  query: null,
} as const;

/** A question that moves nothing, without a body. */
export const PLAIN_READ = {
  method: "GET",
  kind: "read",
  movesMoney: false,
  batchPath: null,
  produces: "json",
  query: null,
  body: null,
} as const;

/** What an example's answer to a read begins with. */
export const READ = {
  status: "ok",
  replayed: false,
  atMs: 1_770_339_601_000,
  sequence: 4712,
  durable: true,
} as const;

/** What an example's answer to a command says beside its status. */
export const DECIDED = {
  replayed: false,
  atMs: 1_770_339_600_123,
  sequence: 4711,
  durable: true,
} as const;
