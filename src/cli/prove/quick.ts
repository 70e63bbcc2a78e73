// `hongbao prove quick FILE`: one table, one verdict.
import { proveQuick, type QuickQuestion } from "../../prove/index.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { publish } from "../publish.ts";
import type { VerbCall } from "../verb.ts";
import { usage } from "./plan-flags.ts";
import { pageFile, sayVerdict } from "./say-verdict.ts";

export async function quick(call: VerbCall): Promise<ExitCode> {
  const { terminal } = call;
  const question = questionOf(call);
  const page = await pageFile(call, [question.file]);
  const progress = terminal.progress("prove", 1);
  const verdict = await proveQuick(question).finally(() => progress.stop());
  await sayVerdict(call, verdict, page);
  await publish(call, verdict, []);
  return EXIT.ok;
}

function questionOf({ terminal, args, flags }: VerbCall): QuickQuestion {
  const text = (name: string): string | undefined => flags[name] as string | undefined;
  const [user, before, shares] = [text("user"), text("pre"), sharesOf(text("shares"))];
  const table = text("table");
  const deviation = deviationOf(text("deviation"));
  const worth = worthOf(numberOf("--margin", text("margin")), numberOf("--cost", text("cost")));
  return {
    file: args[0]!,
    arm: text("arm")!,
    control: text("control")!,
    outcomes: flags.outcome as string[],
    missing: oneOf("missing", text("missing"), ["refuse", "drop", "zero", "inactive"]),
    duplicates: oneOf("duplicates", text("duplicates"), ["refuse", "identical", "sum"]),
    severalArms: oneOf("several-arms", text("severalArms"), ["refuse", "drop"]),
    empty: (text("empty") ?? "").split(",").filter((word) => word.trim() !== ""),
    separator: oneOf("separator", text("separator"), SEPARATORS),
    ...chanceOf(flags),
    ...(user === undefined ? {} : { user }),
    ...(table === undefined ? {} : { table }),
    ...(before === undefined ? {} : { before }),
    ...(shares === undefined ? {} : { shares }),
    ...(deviation === undefined ? {} : { practicalDeviation: deviation }),
    ...(worth === undefined ? {} : { worth }),
    ...(flags.sql === true ? { warehouse: { onSql: (sql) => terminal.note(`${sql};`) } } : {}),
  };
}

/** Whoever says neither is told what is taken for granted. */
function chanceOf({ randomised, notRandomised }: VerbCall["flags"]): Partial<QuickQuestion> {
  if (randomised !== true && notRandomised !== true) return {};
  if (randomised === true && notRandomised === true) {
    throw usage("expected --randomised or --not-randomised, found both");
  }
  return { isRandomised: randomised === true };
}

const SEPARATORS = ["comma", "semicolon", "tab", "pipe"] as const;
const COST = "what each treated user cost on average (--cost 0 if it really was nothing)";

function worthOf(margin: number | undefined, cost: number | undefined): QuickQuestion["worth"] {
  if (margin === undefined && cost === undefined) return undefined;
  if (margin === undefined) throw usage("--cost needs --margin, too");
  // A cost that nobody said is not a cost of nothing: whatever worked would pay.
  if (cost === undefined) throw usage(`--margin needs --cost, too: ${COST}`);
  return { marginPerUnit: margin, costPerTreated: cost };
}

function numberOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw usage(`${flag}: expected a number of 0 or more, found "${text}"`);
}

function deviationOf(text: string | undefined): number | undefined {
  const part = text === undefined ? undefined : partOf(text);
  if (part !== null) return part;
  throw usage(`--deviation: expected a part such as .002 or 0.2%, found "${text}"`);
}

/** ".02" and "2 %" alike; null: it is none. */
function partOf(text: string): number | null {
  const [, digits, sign] = /^\s*(\d*\.?\d+(?:e[+-]?\d+)?)\s*(%?)\s*$/i.exec(text) ?? [];
  if (digits === undefined) return null;
  return sign === "%" ? Number(digits) / 100 : Number(digits);
}

/** One of the words of a flag; absent: the first. */
function oneOf<T extends string>(
  flag: string,
  given: string | undefined,
  words: readonly [T, ...T[]],
): T {
  const found = given === undefined ? words[0] : words.find((word) => word === given);
  if (found !== undefined) return found;
  const listed = `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
  throw usage(`--${flag}: expected ${listed}, found "${given}"`);
}

/** "a=.5,b=50%": the last = of a part counts, since names of arms may have one. */
function sharesOf(text: string | undefined): Map<string, number> | undefined {
  if (text === undefined) return undefined;
  const shares = new Map<string, number>();
  for (const part of text.split(",")) {
    const at = part.lastIndexOf("=");
    const name = part.slice(0, at).trim();
    const share = at < 1 ? Number.NaN : (partOf(part.slice(at + 1)) ?? Number.NaN);
    if (!(share > 0 && share < 1)) {
      const expected = "name=share with shares between 0 and 1, or 0 % and 100 %";
      throw usage(`--shares: expected ${expected}, found "${part}"`);
    }
    if (shares.has(name)) throw usage(`--shares: expected one share of "${name}", found two`);
    shares.set(name, share);
  }
  return shares;
}
