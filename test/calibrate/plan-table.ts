// The coverage of plans and outlooks as a table for the page that tells of them: one row a number,
// one column a campaign.
import type { Result } from "./run.ts";
import { allowedText, foundText, headline, TABLE_BEGIN, TABLE_END, table } from "./table.ts";

export function planTables(results: readonly Result[], seed: number): string {
  const isControl = ({ row }: Result): boolean => row.rule.kind === "control";
  const [controls, asked] = [results.filter(isControl), results.filter((one) => !isControl(one))];
  const designs = [...new Set(asked.map(({ about }) => about))];
  const titles = [...new Set(asked.map(({ row }) => row.title))];
  const rows = titles.map((title) => {
    const own = asked.filter(({ row }) => row.title === title);
    const cells = designs.map((design) => {
      const one = own.find(({ about }) => about === design);
      return one === undefined ? "" : foundText(one);
    });
    return [title, ...cells, allowedText(own[0]!.row.rule, own[0]!.campaigns)];
  });
  const rest = controls.map((one) => [
    ...[`${one.row.title} (${one.about})`, foundText(one)],
    allowedText(one.row.rule, one.campaigns),
  ]);
  const campaigns = Math.max(...results.map((one) => one.campaigns));
  return [
    TABLE_BEGIN,
    `${campaigns} campaigns played of each kind. ${headline(results, seed)}`,
    table(["what", ...designs, "allowed"], rows),
    table(["control", "found", "allowed"], rest),
    TABLE_END,
  ].join("\n\n");
}
