// What a holdout can see, as a report: one sentence, then the tables behind it.
import {
  type Block,
  headlineBlock,
  noteBlock,
  type ReportDocument,
  tableBlock,
} from "../report/document.ts";
import { fittingChart } from "../report/fitting-chart.ts";
import { formatNumber, formatSigned } from "../report/format.ts";
import { lineChart } from "../report/line-chart.ts";
import { DEFAULT_LEVEL, DEFAULT_POWER } from "../stats/index.ts";
import type { DetectableReading } from "./detectable.ts";

export function detectableReport(reading: DetectableReading): ReportDocument {
  const { question, weekly, byHoldout } = reading;
  const shown = effectFormat(reading);
  const right = (title: string) => ({ title, align: "right" as const });
  const figures = ["users", "held out", "read once, at the end", "looked at all the time"];
  const weeks = tableBlock(
    [right("week"), ...figures.map(right)],
    weekly.map((each) => [
      String(each.week),
      formatNumber(each.users),
      formatNumber(each.heldOut),
      shown(each.fixed),
      shown(each.sequential),
    ]),
    "smallest effect that is seen, by the week in which it is read",
  );
  const sizes = tableBlock(
    [right("holdout"), ...figures.slice(1).map(right)],
    byHoldout.map((each) => [
      `${Number((100 * each.holdout).toPrecision(6))} %`,
      formatNumber(each.heldOut),
      shown(each.fixed),
      shown(each.sequential),
    ]),
    "the same at the end, for holdouts of other sizes",
  );
  const { power = DEFAULT_POWER, level = DEFAULT_LEVEL } = question;
  const chance = `seen: with a chance of ${percent(power)}, at ${percent(1 - level)} false alarms`;
  return {
    title: "What the holdout can see",
    sections: [
      {
        title: `${formatNumber(question.users)} users, ${percent(question.holdout)} held out`,
        blocks: [
          headlineBlock(sentence(reading)),
          ...wantedBlocks(reading),
          weeks,
          chart(reading),
          sizes,
          noteBlock(chance),
        ],
      },
    ],
  };
}

/** The one sentence, such as "An effect of +0.07 points or more is seen at the end …". */
export function sentence({ question, weekly, payingEffect }: DetectableReading): string {
  const shown = effectFormat({ question, weekly });
  const end = weekly.at(-1)!;
  const seen =
    `An effect of ${shown(end.fixed)} or more is seen at the end, ` +
    `${shown(end.sequential)} when it is looked at all the time.`;
  if (payingEffect === null) return seen;
  const pays = `The effect that just pays is ${shown(payingEffect)}`;
  return end.fixed <= payingEffect
    ? `${seen} ${pays}: the holdout is large enough to tell.`
    : `${seen} ${pays}: too small for this holdout to see, so it cannot tell whether it pays.`;
}

function wantedBlocks(reading: DetectableReading): Block[] {
  const { wanted, question } = reading;
  if (wanted === null) return [];
  const shown = effectFormat(reading)(wanted.effect);
  if (wanted.fixed === null) {
    const none = `${formatNumber(question.users)} users cannot show ${shown}, whoever is held out`;
    return [headlineBlock(`${none}: it takes more users, or a larger effect.`)];
  }
  const once = `To see ${shown}, ${holdoutText(wanted.fixed)} have to be held out`;
  return [
    headlineBlock(
      wanted.sequential === null
        ? `${once}; looked at all the time, no holdout of so few users is enough.`
        : `${once}, ${holdoutText(wanted.sequential)} to look at it all the time.`,
    ),
  ];
}

/** Rounded up, since a little less is not enough: .00693 -> "0.7 %" */
export function holdoutText(part: number): string {
  const unit = 10 ** (Math.floor(Math.log10(100 * part)) - 1);
  return `${Number((Math.ceil((100 * part) / unit - 1e-9) * unit).toPrecision(6))} %`;
}

function chart({ question, weekly }: DetectableReading): Block {
  const unit = "share" in question.outcome ? 100 : 1;
  const series = [
    { name: "read once", values: weekly.map(({ fixed }) => unit * fixed) },
    { name: "all the time", values: weekly.map((w) => unit * w.sequential), dashed: true },
  ];
  const lines = {
    labels: weekly.map(({ week }) => String(week)),
    series,
    xName: "week",
    yName: unit === 100 ? "points" : "effect",
  };
  return fittingChart("Smallest effect that is seen, by week", (isNarrow) =>
    lineChart(isNarrow ? "seen-narrow" : "seen", { ...lines, isNarrow }),
  );
}

/** Points for a share, else the outcome's own unit; three figures of the smallest. */
function effectFormat({
  question,
  weekly,
}: Pick<DetectableReading, "question" | "weekly">): (effect: number) => string {
  const isShare = "share" in question.outcome;
  const smallest = (isShare ? 100 : 1) * weekly.at(-1)!.fixed;
  const digits = Math.max(0, Math.min(9, 1 - Math.floor(Math.log10(smallest))));
  return (effect) =>
    isShare ? `${formatSigned(100 * effect, digits)} points` : formatSigned(effect, digits);
}

function percent(part: number): string {
  return `${Number((100 * part).toPrecision(6))} %`;
}
