// The report as one page: the same five parts as the screen, with charts and everything that did
// not fit on it.
import type { PlanStudy } from "../../plan/study/plan-study.ts";
import { netChart, spendingChart, tornado } from "../../plan/study/study-charts.ts";
import { planStudyReport } from "../../plan/study/study-report.ts";
import { planSentence } from "../../plan/study/study-words.ts";
import { verdictSections } from "../../prove/index.ts";
import {
  type Block,
  headlineBlock,
  moreBlock,
  noteBlock,
  type Section,
  tableBlock,
  textBlock,
} from "../../report/document.ts";
import { renderHtmlPage } from "../../report/html-page.ts";
import { quarterSection } from "../../value/report-quarter.ts";
import { unitSection } from "../../value/report-units.ts";
import { valuationReport } from "../../value/valuation-report.ts";
import { effectCharts, moneyChart, usersChart } from "./page-charts.ts";
import { PLAN_TITLE, planFacts } from "./plan-words.ts";
import { PLAYED_TITLE, playedBadge, playedChart, playedNote, playedTable } from "./played-words.ts";
import { costSentence, demoHeadline, proofFacts, truthSentence } from "./proof-words.ts";
import type { DemoResult } from "./result.ts";
import { type Fact, runFactLines, runHeadline } from "./run-words.ts";
import type { DemoValue } from "./value-step.ts";
import { VALUE_TITLE, valueNotes, valueSentence, valueTable } from "./value-words.ts";

export function demoPage(result: DemoResult, timeZone: string): string {
  return renderHtmlPage({
    title: result.title,
    subtitle: demoHeadline(result),
    sections: [
      planSection(result.plan),
      runSection(result, timeZone),
      serveSection(result),
      ...proveSections(result),
      playedSection(result),
      ...valueSections(result.value),
      filesSection(result),
    ],
    foot: [
      `hongbao demo --seed ${result.seed}. The seed makes the crowd; arms and lucky amounts come ` +
        "from the ledger's own secret and differ each time.",
      "The crowd is simulated in the shape of the published figures; what nobody published is " +
        "invented and marked so. Nothing here was measured on real users.",
    ],
  });
}

/** What matters is open; all else that the plan says can be opened. */
function planSection(plan: PlanStudy): Section {
  const shown = [spendingChart(plan), netChart(plan), ...tornado(plan, plan.whyNet, "net")];
  const [, ...rest] = planStudyReport(plan).sections;
  return {
    title: PLAN_TITLE,
    badge: "no evidence",
    blocks: [
      headlineBlock(planSentence(plan)),
      factTable(planFacts(plan), "as planned"),
      ...shown,
      ...rest.map((section) => folded(section, shown)),
    ],
  };
}

function playedSection({ plan, played }: DemoResult): Section {
  return {
    title: PLAYED_TITLE,
    badge: playedBadge(played),
    blocks: [playedChart(plan, played), playedTable(played, plan), noteBlock(playedNote(played))],
  };
}

function lowered(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}

/** Opened by whoever asks; charts that are shown above are not shown again. */
function folded({ title, blocks }: Section, shown: readonly Block[] = []): Block {
  const titles = new Set(shown.map((block) => (block.kind === "chart" ? block.title : null)));
  return moreBlock(
    title,
    blocks.filter((block) => block.kind !== "chart" || !titles.has(block.title)),
  );
}

function valueSections(value: DemoValue): Section[] {
  const { measured } = value;
  const { columns, rows } = valueTable(value);
  const own = [unitSection(measured), quarterSection(measured)];
  const titles = new Set(own.map(({ title }) => title));
  const [, ...rest] = valuationReport(measured).sections;
  const others = rest.filter(({ title }) => !titles.has(title));
  return [
    {
      title: VALUE_TITLE,
      blocks: [
        headlineBlock(valueSentence(value)),
        tableBlock(columns, rows),
        noteBlock(valueNotes(value)),
      ],
    },
    ...own.map((section) => ({ ...section, title: `Value · ${lowered(section.title)}` })),
    {
      title: "Value · all else that follows from what was measured",
      blocks: others.map((section) => folded(section)),
    },
  ];
}

function runSection({ run }: DemoResult, timeZone: string): Section {
  return {
    title: "Run · the real server, 1 : 1000",
    blocks: [
      headlineBlock(runHeadline(run)),
      moneyChart(run, timeZone),
      factTable(runFactLines(run, timeZone)),
      usersChart(run),
    ],
  };
}

function serveSection({ serve }: DemoResult): Section {
  return {
    title: `Serve · ${serve.user} through an AI assistant's tools`,
    blocks: [
      textBlock(
        `A real MCP client over streamable HTTP; tools of a user: ${serve.tools.join(", ")}. The ` +
          "same admission, caps and journal as for everybody else.",
      ),
      tableBlock(
        [{ title: "tool" }, { title: "what it said" }],
        serve.steps.map(({ tool, said }) => [tool, said]),
      ),
    ],
  };
}

function proveSections(result: DemoResult): Section[] {
  const { proof, run } = result;
  const { verdict } = proof;
  const [answers, ...rest] = verdictSections(verdict);
  return [
    {
      title: "Prove · against the held-out users",
      badge: `evidence ${verdict.grade}`,
      blocks: [
        headlineBlock(costSentence(proof, run.books.decimals)),
        factTable(proofFacts(result)),
        ...effectCharts(verdict),
        noteBlock(truthSentence(verdict)),
      ],
    },
    { ...answers!, blocks: [...answers!.blocks, ...rest.map((section) => folded(section))] },
  ];
}

function filesSection({ folder, files }: DemoResult): Section {
  return { title: `Files in ${folder}`, blocks: [factTable(files.map((f) => [f.name, f.holds]))] };
}

function factTable(facts: readonly Fact[], how = "how it was"): Block {
  return tableBlock(
    [{ title: "what" }, { title: how }],
    facts.map(([name, text]) => [name, text]),
  );
}
