// The report as one page: the same five parts as the screen, with charts and everything that did
// not fit on it.
import { planSection, planSourcesSection } from "../../plan/plan-report.ts";
import { verdictSections } from "../../prove/index.ts";
import {
  type Block,
  headlineBlock,
  noteBlock,
  type Section,
  tableBlock,
  textBlock,
} from "../../report/document.ts";
import { renderHtmlPage } from "../../report/html-page.ts";
import { valueSection, valueSourcesSection } from "../../value/value-report.ts";
import { effectCharts, moneyChart, planChart, usersChart } from "./page-charts.ts";
import { costSentence, demoHeadline, proofFacts, truthSentence } from "./proof-words.ts";
import type { DemoResult } from "./result.ts";
import { type Fact, runFactLines, runHeadline } from "./run-words.ts";

export function demoPage(result: DemoResult, timeZone: string): string {
  const { plan, value } = result;
  return renderHtmlPage({
    title: result.title,
    subtitle: demoHeadline(result),
    sections: [
      withChart(planSection(plan), planChart(plan)),
      runSection(result, timeZone),
      serveSection(result),
      proveSection(result),
      ...verdictSections(result.proof.verdict),
      valueSection(value),
      filesSection(result),
      planSourcesSection(plan),
      valueSourcesSection(value),
    ],
    foot: [
      `hongbao demo --seed ${result.seed}. The seed makes the crowd; arms and lucky amounts come ` +
        "from the ledger's own secret and differ each time.",
      "The crowd is simulated in the shape of the published figures; what nobody published is " +
        "invented and marked so. Nothing here was measured on real users.",
    ],
  });
}

/** The chart stands behind the section's first sentences. */
function withChart(section: Section, chart: Block): Section {
  const [first, second, ...rest] = section.blocks;
  return { ...section, blocks: [first!, second!, chart, ...rest] };
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

function proveSection(result: DemoResult): Section {
  const { proof, run } = result;
  const { verdict } = proof;
  return {
    title: "Prove · against the held-out users",
    badge: `evidence ${verdict.grade}`,
    blocks: [
      headlineBlock(costSentence(proof, run.books.decimals)),
      factTable(proofFacts(result)),
      ...effectCharts(verdict),
      noteBlock(truthSentence(verdict)),
    ],
  };
}

function filesSection({ folder, files }: DemoResult): Section {
  return { title: `Files in ${folder}`, blocks: [factTable(files.map((f) => [f.name, f.holds]))] };
}

function factTable(facts: readonly Fact[]): Block {
  return tableBlock(
    [{ title: "what" }, { title: "how it was" }],
    facts.map(([name, text]) => [name, text]),
  );
}
