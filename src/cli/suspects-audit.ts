// `hongbao suspects sample` and `hongbao suspects judge FILE`: grants drawn by chance for people to
// look at, and what their verdicts say about suspicion.
import { contractError } from "../contract/errors.ts";
import type { SampleAnswer } from "../contract/index.ts";
import { quoteName } from "../prove/columns.ts";
import { lineOfRecord } from "../prove/csv-lines.ts";
import { fileProblem, loadSource, requireColumns } from "../prove/source-file.ts";
import { Warehouse } from "../prove/warehouse.ts";
import { exactShareInterval, type Interval } from "../stats/index.ts";
import { instantText, sayAnswer } from "./answer-words.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { campaignOf } from "./money.ts";
import { outputFile, writeOutput } from "./output-file.ts";
import { withServer } from "./remote.ts";
import type { VerbCall } from "./verb.ts";

const HEADER = "grant,group,offer,state,amountMinor,spentMinor,grantedAt,verdict";
const GROUPS = ["suspected", "other"] as const;
const VERDICTS = ["cheat", "honest", "unclear"] as const;

export async function sample(call: VerbCall): Promise<ExitCode> {
  const campaign = await campaignOf(call);
  const file = await outputFile("--output", call.flags.output, []);
  const asked = { suspects: count(call, "suspects"), others: count(call, "others") };
  return withServer(call, async (server) => {
    const answer = await server.suspects.sample({ campaign, ...asked });
    if (file !== null && answer.status === "ok") await writeOutput(file, csvOf(answer));
    const of = ({ grants, sample: drawn }: NonNullable<SampleAnswer["others"]>): string =>
      `${drawn.length} of ${grants}`;
    return sayAnswer(call, answer, [
      ["suspected", answer.suspects === undefined ? undefined : of(answer.suspects)],
      ["others", answer.others === undefined ? undefined : of(answer.others)],
      ["file", file ?? undefined],
      ["next", file === null ? undefined : `fill in the column verdict: ${VERDICTS.join(", ")}`],
    ]);
  });
}

function count({ flags }: VerbCall, name: "suspects" | "others"): number {
  const text = String(flags[name] ?? "100");
  if (/^\d{1,4}$/.test(text) && Number(text) <= 1000) return Number(text);
  throw contractError("invalid_usage", `--${name}: expected 0 to 1000, found ${text}`);
}

function csvOf({ suspects, others }: SampleAnswer): string {
  const rows = [suspects!, others!].flatMap(({ sample: drawn }, i) =>
    drawn.map(({ grant, offer, state, amountMinor, spentMinor, grantedAtMs }) =>
      [grant, GROUPS[i], offer, state, amountMinor, spentMinor, instantText(grantedAtMs), ""].join(
        ",",
      ),
    ),
  );
  return `${[HEADER, ...rows].join("\n")}\n`;
}

type Counts = Record<(typeof VERDICTS)[number], number>;

interface Rate extends Interval {
  mistakes: number;
  judged: number;
  unclear: number;
  share: number;
}

/** From the file alone: no server is asked. */
export async function judge(call: VerbCall): Promise<ExitCode> {
  const [suspected, other] = await readVerdicts(call.args[0]!);
  // Wrong is an honest one among the suspected, and a cheat among the others.
  const falsePositives = rateOf(suspected, suspected.honest);
  const missed = rateOf(other, other.cheat);
  if (call.json) call.terminal.json({ falsePositives, missed });
  else {
    call.terminal.facts([
      ["honest among the suspected", rateText(falsePositives)],
      ["cheats among the others", rateText(missed)],
    ]);
  }
  return EXIT.ok;
}

function rateOf({ cheat, honest, unclear }: Counts, mistakes: number): Rate | null {
  const judged = cheat + honest;
  if (judged === 0) return null;
  const interval = exactShareInterval({ successes: mistakes, n: judged });
  return { mistakes, judged, unclear, share: mistakes / judged, ...interval };
}

function rateText(rate: Rate | null): string {
  if (rate === null) return "none judged";
  const { mistakes, judged, unclear, share, lower, upper } = rate;
  const left = unclear === 0 ? "" : `; ${unclear} unclear, left out`;
  const range = `${percent(lower)} to ${percent(upper)}`;
  return `${mistakes} of ${judged}, ${percent(share)} (95 % interval ${range})${left}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

async function readVerdicts(file: string): Promise<[Counts, Counts]> {
  const counts: [Counts, Counts] = [
    { cheat: 0, honest: 0, unclear: 0 },
    { cheat: 0, honest: 0, unclear: 0 },
  ];
  const warehouse = await Warehouse.open();
  try {
    const columns = ["grant", "group", "verdict"];
    const source = await loadSource(warehouse, file, "verdicts", null, columns);
    requireColumns(source, columns);
    const [grant, group, verdict] = columns.map((name) => `${quoteName(name)}::VARCHAR`);
    const rows = await warehouse.rows(
      `SELECT ${grant} AS "grant", ${group} AS "group", ${verdict} AS verdict ` +
        `FROM verdicts ORDER BY ${quoteName(source.position)}`,
    );
    const seen = new Set<string>();
    for (const [i, row] of rows.entries()) {
      const wrong = async (column: string, expected: string, found: string): Promise<Error> => {
        const line = source.format === "csv" ? await lineOfRecord(source.file, i + 1) : i + 1;
        const message = `expected ${expected} in column "${column}", found ${found}`;
        return fileProblem(source.file, `line ${line}`, message, { column });
      };
      const name = String(row.grant ?? "");
      if (seen.has(name)) throw await wrong("grant", "each grant once", `${name} again`);
      seen.add(name);
      const which = GROUPS.indexOf(String(row.group ?? "") as (typeof GROUPS)[number]);
      if (which < 0) throw await wrong("group", GROUPS.join(" or "), String(row.group));
      const said = String(row.verdict ?? "").trim();
      const known = VERDICTS.find((one) => one === said);
      if (known === undefined) {
        throw await wrong("verdict", VERDICTS.join(", "), said === "" ? "nothing" : said);
      }
      counts[which]![known] += 1;
    }
  } finally {
    await warehouse.close();
  }
  return counts;
}
