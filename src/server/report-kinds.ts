// Which kind a report is, and whether it is whole: held against the schema that is published for
// its kind. A schema is loaded when the first report of its kind comes.
import type { z } from "zod";
import { HongbaoError } from "../base/error.ts";
import {
  contractError,
  invalidRequest,
  jsonPath,
  parse,
  type ReportKind,
} from "../contract/index.ts";

interface Kind {
  readonly kind: ReportKind;
  /** Keys that no other kind has. */
  readonly marks: readonly string[];
  readonly schema: () => Promise<z.ZodType>;
}

const KINDS: readonly Kind[] = [
  {
    kind: "verdict",
    marks: ["studies", "unanswered"],
    schema: async () => (await import("../verdict/verdict-schema.ts")).verdictSchema,
  },
  {
    kind: "plan-study",
    marks: ["whyNet", "paybackChance"],
    schema: async () => (await import("../plan/study/plan-study-schema.ts")).planStudySchema,
  },
  {
    kind: "valuation",
    marks: ["unitEconomics", "worth"],
    schema: async () => (await import("../value/valuation-schema.ts")).valuationSchema,
  },
  {
    kind: "judgement",
    marks: ["variants", "learned"],
    schema: async () => (await import("../plan/judge/judgement-schema.ts")).judgementSchema,
  },
  {
    kind: "back-test",
    marks: ["knew", "heldWithError"],
    schema: async () => (await import("../plan/back-test/back-test-schema.ts")).backTestSchema,
  },
];

/** Throws `invalid_request` with the path within the request's body. */
export async function reportKind(report: Record<string, unknown>): Promise<ReportKind> {
  const found = KINDS.find(({ marks }) => marks.every((key) => Object.hasOwn(report, key)));
  if (found === undefined) {
    const expected = KINDS.map(({ kind, marks }) => `a ${kind} (${marks.join(", ")}, …)`);
    throw invalidRequest(AT, expected.join(" or "), "an object of no such kind");
  }
  const parsed = inBody(report, await found.schema());
  const unknown = unknownPath(report, parsed);
  if (unknown !== null) {
    const at = jsonPath(["report", ...unknown]);
    throw invalidRequest(at, `no such key in a ${found.kind} of this version`, "an unknown key");
  }
  return found.kind;
}

const AT = "$.report";

function inBody(report: unknown, schema: z.ZodType): unknown {
  try {
    return parse(report, schema);
  } catch (error) {
    if (!(error instanceof HongbaoError)) throw error;
    const path = String(error.details.path).replace("$", AT);
    const message = error.message.replace("$", AT);
    throw contractError("invalid_request", message, { ...error.details, path });
  }
}

/** The first key that the schema does not know: it leaves such keys out of what it parsed. */
function unknownPath(given: unknown, parsed: unknown): (string | number)[] | null {
  if (typeof given !== "object" || given === null) return null;
  const isList = Array.isArray(given);
  for (const [key, value] of Object.entries(given)) {
    const at = isList ? Number(key) : key;
    if (!Object.hasOwn(parsed as object, key)) return [at];
    const found = unknownPath(value, (parsed as Record<string, unknown>)[key]);
    if (found !== null) return [at, ...found];
  }
  return null;
}
