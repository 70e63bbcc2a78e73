// What the client's methods take: one flat object of path, query and body, derived from the
// operation table, with the ids and deadlines that the client can supply itself.
import type { AnswerOf, BodyOf, OperationName, ParamsOf, QueryOf } from "../contract/index.ts";
import { fillPath, OPERATIONS, splitInput } from "../contract/operations.ts";

export type MoneyName =
  | "claim"
  | "redeem"
  | "cancel"
  | "reverse"
  | "invite.create"
  | "invite.accept";
/** Operations that the client calls as methods; streams and pages are apart. */
export type MethodName = Exclude<
  OperationName,
  "events" | "live" | "metrics" | "docs" | "checkpoint.text" | "journal.export"
>;

/** An empty body has no fields; intersected as it is, it would forbid those of the path. */
type Part<T> = T extends null | Record<string, never> ? unknown : T;
type Flat<N extends OperationName> = ParamsOf<N> & Part<QueryOf<N>> & Part<BodyOf<N>>;

/** Ids of money-moving operations are minted when absent. */
export type InputOf<N extends OperationName> = N extends MoneyName
  ? Omit<Flat<N>, "id"> & { id?: string }
  : Flat<N>;

/** One line of a batch. */
export type LineOf<N extends MoneyName> = Omit<BodyOf<N>, "id"> & { id?: string };

export interface CallOptions {
  signal?: AbortSignal;
  /** How long to go on trying; the client's setting otherwise. */
  totalMs?: number;
}

type Arguments<N extends OperationName> =
  Record<string, never> extends InputOf<N>
    ? [input?: InputOf<N>, options?: CallOptions]
    : [input: InputOf<N>, options?: CallOptions];

export type Method<N extends OperationName> = (...given: Arguments<N>) => Promise<AnswerOf<N>>;

type Group<P extends string> = {
  readonly [N in MethodName as N extends `${P}.${infer Verb}` ? Verb : never]: Method<N>;
};
type Prefix<N> = N extends `${infer P}.${string}` ? P : never;

/** `client.claim(…)`, `client.campaign.open(…)`: every row of the table under its own name. */
export type Methods = {
  readonly [N in MethodName as N extends `${string}.${string}` ? never : N]: Method<N>;
} & { readonly [P in Prefix<MethodName>]: Group<P> };

/** A claim that arrives later than this is refused as stale, so that no retry grants too late. */
const NOT_AFTER_MS = 60_000;

const CARRIES_DEADLINE: ReadonlySet<string> = new Set([
  "claim",
  "redeem",
  "invite.create",
  "invite.accept",
]);

/** A body with what the client supplies: a fresh id, and until when it may be decided. */
export function completed<N extends MoneyName>(name: N, line: LineOf<N>): BodyOf<N> {
  const supplied: { id?: string; notAfterMs?: number } = {};
  const given = line as { id?: string; notAfterMs?: number };
  if (given.id === undefined) supplied.id = crypto.randomUUID();
  if (given.notAfterMs === undefined && CARRIES_DEADLINE.has(name)) {
    supplied.notAfterMs = Date.now() + NOT_AFTER_MS;
  }
  return { ...line, ...supplied } as BodyOf<N>;
}

/** What goes onto the wire. */
export function wireRequest(
  name: OperationName,
  input: Readonly<Record<string, unknown>>,
): { method: "GET" | "POST" | "DELETE"; path: string; body: string | null } {
  const operation = OPERATIONS[name];
  const { params, query, body } = splitInput(operation, input);
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) search.set(key, String(value));
  }
  const text = search.toString();
  const path = fillPath(operation.path, params) + (text === "" ? "" : `?${text}`);
  if (operation.body === null) return { method: operation.method, path, body: null };
  const whole = operation.movesMoney ? completed(name as MoneyName, body as never) : body;
  return { method: operation.method, path, body: JSON.stringify(whole) };
}
