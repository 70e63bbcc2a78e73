// `hongbao prove plan`: before the campaign, what its holdout will be able to see. Of one figure
// that flags say, or of every metric of a project's plan.
import {
  type DetectableQuestion,
  detectable,
  detectableReport,
  type PlanQuestion,
  type ProveProject,
  plannedReport,
  planProject,
  readProject,
} from "../../prove/index.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { VerbCall } from "../verb.ts";
import { readEffect, readNamed, readNumber, usage } from "./plan-flags.ts";
import { definitionOf, inputsOf, projectFile } from "./read-project.ts";
import { pageFile, sayReport } from "./say-verdict.ts";

export async function plan(call: VerbCall): Promise<ExitCode> {
  const [given] = call.args;
  if (given === undefined) {
    const page = await pageFile(call, []);
    const reading = detectable(questionOf(call.flags));
    await sayReport(call, reading, detectableReport(reading), page);
    return EXIT.ok;
  }
  const project = await readProject(await projectFile(given));
  const history = call.flags.history as string | undefined;
  const inputs = [...inputsOf(project), ...(history === undefined ? [] : [history])];
  const page = await pageFile(call, inputs);
  const definition = project.sources.kind === "campaign" ? await definitionOf(project) : null;
  const report = await planProject(project, definition, planQuestionOf(call, project));
  await sayReport(call, report, plannedReport(report), page);
  return EXIT.ok;
}

type Flags = VerbCall["flags"];

const OF_PROJECT = ["sd", "mean", "history"];
const OF_FIGURE = ["deviation", "margin", "cost"];

function questionOf(flags: Flags): DetectableQuestion {
  refuseFlags(flags, OF_PROJECT, "needs a project, whose metrics it names");
  const given = (name: string): number | undefined => {
    const text = single(flags, name);
    return text === undefined ? undefined : readNumber(`--${name}`, text);
  };
  const [users, holdout] = [given("users"), given("holdout")];
  if (users === undefined) throw usage("--users: expected how many users will be assigned in all");
  if (holdout === undefined) throw usage("--holdout: expected the part held out, such as 2%");
  const [worth, power] = [worthOf(given("margin"), given("cost")), powerOf(given("power"))];
  const outcome = outcomeOf(given("base"), given("deviation"));
  const detect = single(flags, "detect");
  const wanted = detect === undefined ? null : readEffect("--detect", detect, "share" in outcome);
  if (wanted?.isRelative === true) {
    throw usage(`--detect: expected an effect in the number's own unit, found "${detect}"`);
  }
  return {
    ...{ users, holdout, outcome, weeks: given("weeks") ?? 4 },
    ...(power === undefined ? {} : { power }),
    ...(wanted === null ? {} : { wanted: wanted.size }),
    ...(worth === undefined ? {} : { worth }),
  };
}

function planQuestionOf({ terminal, flags }: VerbCall, { plan }: ProveProject): PlanQuestion {
  refuseFlags(flags, OF_FIGURE, "is for a plan of flags alone; a project's plan says what pays");
  const many = (name: string): readonly string[] => (flags[name] as string[] | undefined) ?? [];
  const named = (name: string) =>
    readNamed(`--${name}`, many(name), (text) => readNumber(`--${name}`, text));
  const isShare = (id: string): boolean =>
    plan.metrics.find((metric) => metric.id === id)?.kind === "share";
  const power = powerOf(optional(flags, "power"));
  return {
    users: usersOf(many("users")),
    holdout: optional(flags, "holdout") ?? null,
    weeks: optional(flags, "weeks") ?? 4,
    ...{ shares: named("base"), deviations: named("sd"), means: named("mean") },
    wanted: readNamed("--detect", many("detect"), (text, id) =>
      readEffect("--detect", text, isShare(id)),
    ),
    history: (flags.history as string | undefined) ?? null,
    ...(power === undefined ? {} : { power }),
    ...(flags.sql === true
      ? { warehouse: { onSql: (sql: string) => terminal.note(`${sql};`) } }
      : {}),
  };
}

function usersOf(given: readonly string[]): PlanQuestion["users"] {
  const [first] = given;
  if (first === undefined) return null;
  if (given.length === 1 && !first.includes("=")) return readNumber("--users", first);
  return readNamed("--users", given, (text) => readNumber("--users", text));
}

function optional(flags: Flags, name: string): number | undefined {
  const text = flags[name] as string | undefined;
  return text === undefined ? undefined : readNumber(`--${name}`, text);
}

/** The one value of a flag that names metrics where there is a project. */
function single(flags: Flags, name: string): string | undefined {
  const given = flags[name] as string | string[] | undefined;
  if (!Array.isArray(given)) return given;
  if (given.length === 1 && !given[0]!.includes("=")) return given[0];
  const expected = "expected one value, or a project whose metrics it names";
  throw usage(`--${name}: ${expected}, found "${given.join(" ")}"`);
}

function refuseFlags(flags: Flags, names: readonly string[], why: string): void {
  const wrong = names.find((name) => flags[name] !== undefined);
  if (wrong !== undefined) throw usage(`--${wrong}: ${why}`);
}

/** A cost that nobody said is not a cost of nothing: any effect would pay. */
function worthOf(margin: number | undefined, cost: number | undefined) {
  if (margin === undefined && cost === undefined) return undefined;
  if (margin === undefined) throw usage("--cost needs --margin, too: of one unit more");
  if (cost === undefined) {
    throw usage("--margin needs --cost, too: of each treated user (--cost 0 if it is nothing)");
  }
  return { marginPerUnit: margin, costPerTreated: cost };
}

function powerOf(power: number | undefined): number | undefined {
  if (power === undefined || (power > 0.05 && power < 1)) return power;
  throw usage(`--power: expected .05 to 1, found ${power}`);
}

function outcomeOf(
  share: number | undefined,
  deviation: number | undefined,
): DetectableQuestion["outcome"] {
  if (share !== undefined && deviation === undefined) return { share };
  if (share === undefined && deviation !== undefined) return { deviation };
  const both = share === undefined ? "neither" : "both";
  const expected = "--base (the held-out users' share) or --deviation (of one user's number)";
  const message = `expected ${expected}, found ${both}`;
  throw usage(message);
}
