// A judgement as a report: the answer, what must be true for it, whom it depends on, and what it
// rests on.
import { rightColumn } from "../../report/column.ts";
import {
  type Block,
  headlineBlock,
  noteBlock,
  type ReportDocument,
  type Section,
  tableBlock,
  textBlock,
} from "../../report/document.ts";
import { formatLevel, formatNumber, formatPercent } from "../../report/format.ts";
import { threeFigures, valueText } from "../study/study-words.ts";
import { believedChart, needsChart } from "./judge-charts.ts";
import {
  boundsWords,
  chanceCell,
  coincidedSentence,
  drawingSentence,
  figureWords,
  formatTimes,
  hangsSentence,
  marginSentence,
  neededSentence,
  rangeSentence,
  rangeWords,
  reachSentences,
  spreadSentence,
  temperedSentence,
} from "./judge-words.ts";
import type { Judgement } from "./judged.ts";
import type { Need } from "./needs.ts";
import type { FactorRange } from "./source-error.ts";
import type { WeightedRange } from "./weights.ts";

export function judgeReport(judgement: Judgement): ReportDocument {
  const { title, draws, seed, level, variants, plan } = judgement;
  const worth = formatNumber(variants[0]!.effective);
  return {
    title: `${title}: judged from outside`,
    subtitle: "By published figures alone. It informs; it gives no advice.",
    sections: [
      answerSection(judgement),
      needsSection(judgement),
      believedSection(judgement),
      readingsSection(judgement),
      learnedSection(judgement),
      errorsSection(judgement),
      blankSection(judgement),
    ].filter(({ blocks }) => blocks.length > 0),
    foot: [
      `${formatNumber(draws)} campaigns drawn for the plan "${plan}", seed ${seed}; weighed by ` +
        `the figures they are worth ${worth} plain ones. The middle and, in brackets, where ` +
        `${formatLevel(level)} lie.`,
    ],
  };
}

function answerSection(judgement: Judgement): Section {
  const { currency, numbers, grade, gradeReason, budget } = judgement;
  const tempered = temperedSentence(judgement);
  const rows = (numbers ?? []).map(({ title, unit, before, after }) => [
    title,
    rangeWords(before, unit, currency),
    rangeWords(after, unit, currency),
  ]);
  return {
    title: `Did the ${valueText(budget, "money", currency)} pay off?`,
    badge: `evidence ${grade}`,
    blocks: [
      headlineBlock(judgement.headline),
      ...noteBlocks([tempered]),
      ...textBlocks([
        rangeSentence(judgement),
        marginSentence(judgement),
        coincidedSentence(judgement),
      ]),
      ...noteBlocks([`Grade ${grade}: ${gradeReason}.`]),
      ...(rows.length === 0
        ? []
        : [
            tableBlock(
              [{ title: "" }, rightColumn("as planned"), rightColumn("after the figures")],
              rows,
              "As planned, but for what may have been spent beyond the budget.",
            ),
          ]),
    ],
  };
}

function needsSection({ needs, currency }: Judgement): Section {
  if (needs === null) return { title: "", blocks: [] };
  const rows = needs.flatMap(({ months, margin, retention, reach }) => {
    const row = (title: string, need: Need, unit: "money" | "share" | "users"): string[] => [
      title,
      `${months} months`,
      unit === "share" && need.needed.median > 1
        ? "none would do"
        : rangeWords(need.needed, unit, currency),
      rangeWords(need.has, unit, currency),
      formatTimes(need.times),
    ];
    return [
      row("margin of a kept user and month", margin, "money"),
      row("D30 retention", retention, "share"),
      row("people who come for the same money", reach, "users"),
    ];
  });
  const columns = [
    { title: "one thing at a time" },
    rightColumn("within"),
    rightColumn("needed"),
    rightColumn("as it looks"),
    rightColumn("needed is"),
  ];
  return {
    title: "What must be true",
    blocks: [
      headlineBlock(neededSentence(needs.at(-1)!, currency)),
      tableBlock(columns, rows),
      needsChart(needs.at(-1)!, currency),
      noteBlock(
        "Kept users are taken to move in proportion to D30 retention and to the people who come.",
      ),
    ],
  };
}

function believedSection(judgement: Judgement): Section {
  const { variants, within, currency } = judgement;
  const rows = variants.map(({ title, chances, kept, cost, effective, power }) => [
    title,
    kept === null ? "–" : rangeWords(kept, "users", currency),
    cost === null ? "–" : valueText(cost.median, "money", currency),
    ...within.map((_, i) => (chances === null ? "–" : chanceCell(chances[i]!.share))),
    worthText(power, effective),
  ]);
  const columns = [
    { title: "believed" },
    rightColumn("kept"),
    rightColumn("cost"),
    ...within.map((months) => rightColumn(`paid in ${months} months`)),
    rightColumn("worth plain draws"),
  ];
  return {
    title: "Whom one believes",
    blocks: [
      ...textBlocks([spreadSentence(judgement), hangsSentence(judgement)]),
      believedChart(judgement),
      tableBlock(columns, rows),
      noteBlock(
        "Each row weighs the same draws by other figures. Panels are never mixed: a source that " +
          "is so many times too high is so in all of its figures, beside all other sources.",
      ),
      ...noteBlocks([drawingSentence(judgement)]),
    ],
  };
}

function readingsSection({ readings, currency }: Judgement): Section {
  const rows = readings.map(({ title, published, unit, where, before, after, as, times }) => [
    title,
    `${as === "atMost" ? "≤ " : ""}${figureWords(published, unit, currency)}`,
    boundsWords(before, unit, currency),
    after === null ? "–" : boundsWords(after, unit, currency),
    as === "atMost" || times === null ? "" : formatTimes(times),
    as === "check" ? `${where}; not counted` : where,
  ]);
  const columns = [
    { title: "figure" },
    rightColumn("published"),
    rightColumn("as planned"),
    rightColumn("after all figures"),
    rightColumn("published / after"),
    { title: "source" },
  ];
  return {
    title: "What was published, beside the plan",
    blocks: [
      ...textBlocks(reachSentences(readings, currency)),
      tableBlock(columns, rows),
      noteBlock(
        "As planned, but for what may have been spent beyond the budget. Published / after: the " +
          "figure over the middle after all figures. Where it is not near 1, the source is off, " +
          "or the plan's own shape is.",
      ),
    ],
  };
}

function learnedSection({ learned }: Judgement): Section {
  if (learned === null) return { title: "", blocks: [] };
  const rows = learned.map(({ id, unit, before, after }) => {
    const text = (range: WeightedRange): string => assumedText(range, unit);
    return [id, text(before), text(after), unit === "share" ? "" : unit];
  });
  return {
    title: "What the figures say about the assumptions",
    blocks: [
      tableBlock(
        [
          { title: "assumption" },
          rightColumn("as planned"),
          rightColumn("after"),
          { title: "unit" },
        ],
        rows,
      ),
      noteBlock("Those that moved, furthest first. All others are as they were assumed."),
    ],
  };
}

function errorsSection({ sources, readings }: Judgement): Section {
  const factors = sources.map(({ id, factor, why }) => [
    id,
    factor === null ? "bounds only" : factorText(factor),
    why,
  ]);
  const own = readings
    .filter(({ as }) => as === "value")
    .map(({ title, source, error, why }) => [`${title} (${source})`, factorText(error), why]);
  const columns = [
    { title: "source or figure" },
    rightColumn("published over true"),
    { title: "why" },
  ];
  return {
    title: "How far each source may be off, as assumed",
    blocks: [
      tableBlock(columns, factors, "Common to all figures of a source: nine of ten lie within."),
      tableBlock(columns, own, "Beside it, each figure's own."),
      ...readings
        .filter(({ as }) => as === "check")
        .map(({ title, why }) => noteBlock(`Not counted, ${title}: ${why}.`)),
    ],
  };
}

function blankSection({ blank, unused }: Judgement): Section {
  const rows = blank.map((what) => [what, "–"]);
  const blocks: Block[] = [];
  if (rows.length > 0) {
    blocks.push(tableBlock([{ title: "not published" }, { title: "figure" }], rows));
  }
  if (unused.length > 0) {
    blocks.push(noteBlock(`Published, and held against nothing here: ${unused.join(", ")}.`));
  }
  return { title: "What is missing", blocks };
}

function worthText(power: number, effective: number): string {
  if (power === 0) return "none comes near";
  return power === 1 ? formatNumber(effective) : `${formatPercent(power, 0)} of the figures`;
}

function assumedText({ median, lower, upper }: WeightedRange, unit: string): string {
  const of = (value: number): string =>
    unit === "share" ? `${threeFigures(100 * value)} %` : threeFigures(value);
  return `${of(median)} (${of(lower)} to ${of(upper)})`;
}

function factorText({ p5, p95 }: FactorRange): string {
  return `${threeFigures(p5)} to ${threeFigures(p95)}`;
}

function noteBlocks(texts: readonly string[]): Block[] {
  return texts.filter((text) => text !== "").map(noteBlock);
}

function textBlocks(texts: readonly string[]): Block[] {
  return texts.filter((text) => text !== "").map(textBlock);
}
