// Which of the sources of prove.yaml count, and whether what is asked can be had from them.
import { HongbaoError } from "../../base/error.ts";
import { readInstant, readShare } from "../../contract/index.ts";
import type { YamlSource } from "../../contract/yaml-source.ts";
import type { Estimand } from "../../verdict/metric.ts";
import type {
  CampaignSources,
  CountsSources,
  LogSource,
  MeasurementPlan,
  Sources,
  TableSources,
} from "./measurement-plan.ts";
import type { RawProject, RawTable } from "./project-shape.ts";

/** Files named on the command line; they stand for those of prove.yaml. */
export interface SourceOverrides {
  readonly journal?: string;
  readonly events?: string;
  readonly outcomes?: string;
  readonly table?: string;
  readonly logs?: ReadonlyMap<string, string>;
}

type Near = (name: string) => string;

export function givenSources(
  yaml: YamlSource<RawProject>,
  plan: MeasurementPlan,
  near: Near,
  overrides: SourceOverrides,
): Sources {
  const { sources } = yaml.value;
  const table = sources.table;
  if (table !== undefined) {
    if (sources.journal !== undefined || sources.events !== undefined) {
      throw yaml.problem(["sources"], "expected a table or a journal, found both");
    }
    for (const flag of ["journal", "events", "outcomes", "logs"] as const) {
      if (overrides[flag] === undefined) continue;
      throw unused(flag === "logs" ? "--log" : `--${flag}`, "a table", yaml.file);
    }
    if (sources.outcomes !== undefined || Object.keys(sources.logs).length > 0) {
      const idle = sources.outcomes === undefined ? "logs" : "outcomes";
      throw yaml.problem(
        ["sources", idle],
        "outcomes and logs go with a journal, not with a table",
      );
    }
    requireCost(yaml, plan, table);
    return tableSources(yaml, plan, near, overrides);
  }
  if (sources.counts !== undefined) {
    const message = "expected sources.table beside the counts, which says what the arms are";
    throw yaml.problem(["sources", "counts"], message);
  }
  if (overrides.table !== undefined) throw unused("--table", "a journal", yaml.file);
  return campaignSources(yaml, plan, near, overrides);
}

function unused(flag: string, reads: string, file: string): HongbaoError {
  const message = `${flag}: ${file} reads ${reads}; see its sources`;
  return new HongbaoError({ code: "invalid_usage", message });
}

function campaignSources(
  yaml: YamlSource<RawProject>,
  plan: MeasurementPlan,
  near: Near,
  overrides: SourceOverrides,
): CampaignSources {
  const { sources } = yaml.value;
  const { outcomes } = sources;
  const path = (given: string | undefined, own: string | undefined): string | null =>
    given ?? (own === undefined ? null : near(own));
  const events = path(overrides.events, sources.events);
  const journal = overrides.events !== undefined ? null : path(overrides.journal, sources.journal);
  if (sources.journal !== undefined && sources.events !== undefined) {
    throw yaml.problem(["sources", "events"], "expected a journal or its events, found both");
  }
  if (journal === null && events === null) {
    throw yaml.problem(["sources"], "expected a journal, events, or a table");
  }
  if (overrides.outcomes !== undefined && outcomes === undefined) {
    throw unused("--outcomes", "no outcomes", yaml.file);
  }
  for (const name of overrides.logs?.keys() ?? []) {
    if (Object.hasOwn(sources.logs, name)) continue;
    throw unused(`--log ${name}=…`, "no such log", yaml.file);
  }
  if (outcomes?.early === "drop" && outcomes.at === undefined) {
    const message = "expected sources.outcomes.at beside it: who is early is told by when";
    throw yaml.problem(["sources", "outcomes", "early"], message);
  }
  requireLogs(yaml, plan);
  requireOutcomes(yaml, plan);
  return {
    kind: "campaign",
    journal: overrides.journal !== undefined ? overrides.journal : journal,
    events: overrides.journal !== undefined ? null : events,
    outcomes:
      outcomes === undefined
        ? null
        : {
            file: overrides.outcomes ?? near(outcomes.file),
            ...{ table: outcomes.table ?? null, user: outcomes.user, missing: outcomes.missing },
            ...{ at: outcomes.at ?? null, zone: outcomes.zone ?? null },
            ...{ duplicates: outcomes.duplicates, empty: outcomes.empty, early: outcomes.early },
            separator: outcomes.separator,
          },
    logs: Object.fromEntries(
      Object.entries(sources.logs).map(([name, log]): [string, LogSource] => [
        name,
        {
          file: overrides.logs?.get(name) ?? near(log.file),
          ...{ table: log.table ?? null, user: log.user, at: log.at },
          ...{ zone: log.zone ?? null, currency: log.currency ?? null },
          separator: log.separator,
          until: log.until === undefined ? null : readInstant(log.until),
          gaps: log.gaps,
        },
      ]),
    ),
    areUsersPseudonyms: sources.users === "pseudonyms",
  };
}

/** Without a journal nobody knows what users cost, unless somebody says it. */
function requireCost(
  yaml: YamlSource<RawProject>,
  { worth }: MeasurementPlan,
  { cost }: RawTable,
): void {
  if (worth === null || worth.cost !== null || cost !== undefined) return;
  const message = "a table needs worth.cost, or sources.table.cost: a column with what users cost";
  throw yaml.problem(["plan", "worth"], message);
}

function requireLogs(yaml: YamlSource<RawProject>, plan: MeasurementPlan): void {
  const { logs } = yaml.value.sources;
  const have = Object.keys(logs).join(", ") || "none";
  const missing = (name: string): string => `no log "${name}" among the sources (${have})`;
  plan.metrics.forEach(({ source }, i) => {
    if (source.from !== "log" || Object.hasOwn(logs, source.log)) return;
    throw yaml.problem(["plan", "metrics", i, "log"], missing(source.log));
  });
  const { retention } = plan;
  if (retention !== null && !Object.hasOwn(logs, retention.log)) {
    throw yaml.problem(["plan", "retention", "log"], missing(retention.log));
  }
}

function requireOutcomes(yaml: YamlSource<RawProject>, plan: MeasurementPlan): void {
  if (yaml.value.sources.outcomes !== undefined) return;
  const at = plan.metrics.findIndex(({ source }) => source.from !== "log");
  if (at < 0 && plan.segments.length === 0) return;
  const what = at < 0 ? "segments are" : `the metric "${plan.metrics[at]!.id}" is`;
  throw yaml.problem(["sources"], `expected outcomes: ${what} read from a column of them`);
}

function tableSources(
  yaml: YamlSource<RawProject>,
  plan: MeasurementPlan,
  near: Near,
  overrides: SourceOverrides,
): TableSources | CountsSources {
  const { sources } = yaml.value;
  const table = sources.table!;
  const at = plan.metrics.findIndex(({ source }) => source.from === "log");
  if (at >= 0 || plan.retention !== null) {
    const place = at >= 0 ? ["plan", "metrics", at] : ["plan", "retention"];
    throw yaml.problem(place, "logs need a journal: a table does not say when a user started");
  }
  const shared = {
    ...{ arms: table.arms, control: table.control, estimand: estimandOf(yaml, plan, table) },
    shares: sharesOf(yaml, table),
  };
  for (const repair of ["duplicates", "severalArms"] as const) {
    if (table[repair] === "refuse" || table.user !== undefined) continue;
    const message = "expected sources.table.user beside it: the column that says whose a row is";
    throw yaml.problem(["sources", "table", repair], message);
  }
  const file = overrides.table ?? (table.file === undefined ? null : near(table.file));
  if (file === null) {
    if (sources.counts === undefined) {
      throw yaml.problem(["sources", "table"], "expected a file, or counts beside the table");
    }
    return { kind: "counts", file: near(sources.counts), ...shared };
  }
  return {
    ...{ kind: "table", file, table: table.table ?? null, arm: table.arm },
    ...{ user: table.user ?? null, claimed: table.claimed ?? null, cost: table.cost ?? null },
    ...{ missing: table.missing, duplicates: table.duplicates, severalArms: table.severalArms },
    ...{ empty: table.empty, style: "key", separator: table.separator, ...shared },
  };
}

/** What arms of this assignment can answer. A claim-time holdout says nothing about reach. */
function estimandOf(
  yaml: YamlSource<RawProject>,
  plan: MeasurementPlan,
  { assigned }: RawTable,
): Estimand {
  const asked = plan.questions ?? [];
  const can: Estimand =
    assigned === undefined
      ? "being assigned"
      : assigned === "before contact"
        ? "reach"
        : "reward, given arrival";
  const wrong = asked.findIndex((question) => question !== can);
  if (wrong < 0) return can;
  throw yaml.problem(["plan", "questions", wrong], refusal(asked[wrong]!, can));
}

/** Why a question cannot be answered by arms that can answer another one. */
export function refusal(asked: Estimand, can: Estimand): string {
  if (asked === "reach" && can === "reward, given arrival") {
    return (
      "reach cannot be had from a holdout that was drawn at the claim: whoever claims has " +
      "already come, so that the held-out were reached as well. Ask for " +
      '"reward, given arrival", or assign an audience before contact'
    );
  }
  if (can === "being assigned") {
    return `"${asked}" needs sources.table.assigned: before contact, or at the claim`;
  }
  return `"${asked}" cannot be had from these arms, which answer "${can}"`;
}

const SHARES_OFF = 0.005;

function sharesOf(
  yaml: YamlSource<RawProject>,
  { shares, control }: RawTable,
): Record<string, number> | null {
  if (shares === undefined) return null;
  const place = ["sources", "table", "shares"];
  const read = Object.entries(shares).map(([arm, part]) => [arm, readShare(part)!] as const);
  const sum = read.reduce((total, [, part]) => total + part, 0);
  if (Math.abs(sum - 1) > SHARES_OFF) {
    throw yaml.problem(place, `expected shares that add up to 1, found ${Number(sum.toFixed(6))}`);
  }
  if (!Object.hasOwn(shares, control)) {
    throw yaml.problem(place, `expected a share of the control "${control}", too`);
  }
  return Object.fromEntries(read);
}
