// The result as a table: for the terminal, and for docs/concepts/evidence.md, where both questions
// stand side by side.
import { allowedBy, type Rule } from "./bounds.ts";
import { QUESTIONS } from "./population.ts";
import { AGAIN, isDefect, type Result } from "./run.ts";

export const TABLE_BEGIN = "<!-- Written by `npm run calibrate -- --write`. Do not edit. -->";
export const TABLE_END = "<!-- End of what is written. -->";

export function terminalTable(results: readonly Result[]): string {
  const lines = results.map((result) => [
    result.isHeld ? "ok" : isDefect(result) ? "OUT" : "again",
    result.row.title,
    result.about,
    foundText(result),
    allowedText(result.row.rule, result.answers),
  ]);
  const widths = [0, 1, 2, 3].map((at) => Math.max(...lines.map((line) => line[at]!.length)));
  return lines
    .map((line) => line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  "))
    .join("\n");
}

export function markdownTables(results: readonly Result[], seed: number): string {
  const isQuestion = ({ about }: Result): boolean => QUESTIONS.some((each) => each === about);
  const [asked, others] = [results.filter(isQuestion), results.filter((each) => !isQuestion(each))];
  const titles = [...new Set(asked.map(({ row }) => row.title))];
  const rows = titles.map((title) => {
    const own = asked.filter(({ row }) => row.title === title);
    const cells = QUESTIONS.map((question) => {
      const one = own.find(({ about }) => about === question);
      return one === undefined ? "" : foundText(one);
    });
    return [title, ...cells, allowedText(own[0]!.row.rule, own[0]!.campaigns), campaigns(own[0]!)];
  });
  const rest = others.map((each) => [
    ...[each.row.title, foundText(each)],
    ...[allowedText(each.row.rule, each.campaigns), campaigns(each)],
  ]);
  const tables = [
    table(["what", "reach", "reward, given arrival", "allowed", "campaigns"], rows),
    ...(rest.length === 0 ? [] : [table(["what", "found", "allowed", "campaigns"], rest)]),
  ];
  return [TABLE_BEGIN, headline(results, seed), ...tables, TABLE_END].join("\n\n");
}

/** How many of the figures are where they have to be. */
export function headline(results: readonly Result[], seed: number): string {
  const held = results.filter(({ isHeld }) => isHeld).length;
  const chance = results.filter((each) => !each.isHeld && !isDefect(each)).length;
  const more = `${chance} more ${chance === 1 ? "is" : "are"} there`;
  const repeated = chance === 0 ? "" : ` ${more} in ${AGAIN} times the campaigns.`;
  const inside = `Seed ${seed}: ${held} of ${results.length} figures are where they have to be.`;
  return inside + repeated;
}

/** The page with its tables replaced; throws where it has no place for them. */
export function withTables(page: string, tables: string): string {
  const [from, to] = [page.indexOf(TABLE_BEGIN), page.indexOf(TABLE_END)];
  if (from === -1 || to < from) {
    throw new Error(`expected the lines "${TABLE_BEGIN}" and "${TABLE_END}" in the page`);
  }
  return page.slice(0, from) + tables + page.slice(to + TABLE_END.length);
}

export function foundText({ hits, answers, campaigns: all, isHeld, again }: Result): string {
  const share = answers === 0 ? "no answer" : percent(hits / answers);
  const silent = answers === all || answers === 0 ? "" : ` of ${answers}`;
  if (isHeld) return `${share}${silent}`;
  if (again === undefined) return `${share}${silent} (outside)`;
  const where = again.isHeld ? "inside" : "outside";
  const more = percent(again.hits / Math.max(1, again.answers));
  return `${share}${silent} (outside; ${more} of ${campaigns(again)}: ${where})`;
}

/** What a healthy row lies in; a control has to lie outside of it. */
export function allowedText(rule: Rule, answers: number): string {
  const { lower, upper } = allowedBy(rule, Math.max(1, answers));
  if (rule.kind === "control") return `not ${percent(lower)} to ${percent(upper)}`;
  if (lower === 0) return `at most ${percent(upper)}`;
  if (upper === 1) return `at least ${percent(lower)}`;
  return `${percent(lower)} to ${percent(upper)}`;
}

function campaigns({ campaigns: count }: Result): string {
  return count.toLocaleString("en");
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
