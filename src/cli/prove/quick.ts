// `hongbao prove quick FILE`: one table, one verdict.
import { contractError } from "../../contract/index.ts";
import { proveQuick, type QuickQuestion } from "../../prove/index.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { VerbCall } from "../verb.ts";
import { pageFile, sayVerdict } from "./say-verdict.ts";

export async function quick(call: VerbCall): Promise<ExitCode> {
  const { terminal } = call;
  const question = questionOf(call);
  const page = await pageFile(call, [question.file]);
  const progress = terminal.progress("prove", 1);
  const verdict = await proveQuick(question).finally(() => progress.stop());
  await sayVerdict(call, verdict, page);
  return EXIT.ok;
}

function questionOf({ terminal, args, flags }: VerbCall): QuickQuestion {
  const text = (name: string): string | undefined => flags[name] as string | undefined;
  const [user, before, shares] = [text("user"), text("pre"), sharesOf(text("shares"))];
  const deviation = numberOf("--deviation", text("deviation"));
  const worth = worthOf(numberOf("--margin", text("margin")), numberOf("--cost", text("cost")));
  return {
    file: args[0]!,
    arm: text("arm")!,
    control: text("control")!,
    outcomes: flags.outcome as string[],
    missing: oneOf("missing", text("missing"), ["refuse", "drop", "zero"]),
    duplicates: oneOf("duplicates", text("duplicates"), ["refuse", "identical", "sum"]),
    severalArms: oneOf("several-arms", text("severalArms"), ["refuse", "drop"]),
    empty: (text("empty") ?? "").split(",").filter((word) => word.trim() !== ""),
    isRandomised: flags.notRandomised !== true,
    ...(user === undefined ? {} : { user }),
    ...(before === undefined ? {} : { before }),
    ...(shares === undefined ? {} : { shares }),
    ...(deviation === undefined ? {} : { practicalDeviation: deviation }),
    ...(worth === undefined ? {} : { worth }),
    ...(flags.sql === true ? { warehouse: { onSql: (sql) => terminal.note(`${sql};`) } } : {}),
  };
}

function worthOf(margin: number | undefined, cost: number | undefined): QuickQuestion["worth"] {
  if (margin === undefined && cost === undefined) return undefined;
  if (margin === undefined) throw contractError("invalid_usage", "--cost needs --margin, too");
  return { marginPerUnit: margin, costPerTreated: cost ?? 0 };
}

function numberOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw contractError("invalid_usage", `${flag}: expected a number of 0 or more, found "${text}"`);
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
  throw contractError("invalid_usage", `--${flag}: expected ${listed}, found "${given}"`);
}

/** "a=.5,b=.5": the last = of a part counts, since names of arms may have one. */
function sharesOf(text: string | undefined): Map<string, number> | undefined {
  if (text === undefined) return undefined;
  const shares = new Map<string, number>();
  for (const part of text.split(",")) {
    const at = part.lastIndexOf("=");
    const name = part.slice(0, at).trim();
    const share = Number(part.slice(at + 1));
    const isRight = at > 0 && share > 0 && share < 1 && !shares.has(name);
    if (!isRight) {
      const message = `--shares: expected name=share with shares between 0 and 1, found "${part}"`;
      throw contractError("invalid_usage", message);
    }
    shares.set(name, share);
  }
  return shares;
}
