// What a holdout can see, as a report: one sentence, then the tables behind it.
import {
  type Block,
  headlineBlock,
  noteBlock,
  type ReportDocument,
  tableBlock,
} from "../report/document.ts";
import { fittingChart } from "../report/fitting-chart.ts";
import { formatNumber } from "../report/format.ts";
import { lineChart } from "../report/line-chart.ts";
import { DEFAULT_LEVEL, DEFAULT_POWER } from "../stats/index.ts";
import type { DetectableReading } from "./detectable.ts";
import {
  type EffectScale,
  effectFormat,
  noneNote,
  payingText,
  roomOf,
  seenFormat,
} from "./effect-room.ts";

export function detectableReport(reading: DetectableReading): ReportDocument {
  const { question, weekly, byHoldout } = reading;
  const scale = scaleOf(reading);
  const shown = seenFormat(scale);
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
  const effects = [...weekly, ...byHoldout].flatMap((each) => [each.fixed, each.sequential]);
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
          ...noneNote(scale, effects).map(noteBlock),
        ],
      },
    ],
  };
}

/** The one sentence, such as "An effect of +0.07 points or more is seen at the end …". */
function sentence({ question, weekly, payingEffect }: DetectableReading): string {
  const scale = scaleOf({ question, weekly });
  const { fixed, sequential } = weekly.at(-1)!;
  const seen = seenText(scale, fixed, sequential);
  if (payingEffect === null) return seen;
  return `${seen} ${payingText(scale, payingEffect, fixed)}`;
}

function seenText(scale: EffectScale, fixed: number, sequential: number): string {
  const [shown, room] = [effectFormat(scale), roomOf(scale)];
  if (fixed > room) {
    return `No effect can be seen: the ${shown(room)} that are left to 100 % are too few.`;
  }
  const often = sequential > room ? "none" : shown(sequential);
  return (
    `An effect of ${shown(fixed)} or more is seen at the end, ` +
    `${often} when it is looked at all the time.`
  );
}

function wantedBlocks(reading: DetectableReading): Block[] {
  const { wanted, question } = reading;
  if (wanted === null) return [];
  const shown = effectFormat(scaleOf(reading))(wanted.effect);
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
  return fittingChart("seen", "Smallest effect that is seen, by week", (isNarrow) =>
    lineChart({ ...lines, isNarrow }),
  );
}

function scaleOf({
  question: { outcome },
  weekly,
}: Pick<DetectableReading, "question" | "weekly">): EffectScale {
  const isShare = "share" in outcome;
  const smallest = weekly.at(-1)!.fixed;
  return { isShare, level: isShare ? outcome.share : null, unit: "", smallest };
}

function percent(part: number): string {
  return `${Number((100 * part).toPrecision(6))} %`;
}
