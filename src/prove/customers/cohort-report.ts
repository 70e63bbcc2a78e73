// A cohort's section of the report: models, parameters, the curve with its hold-out, payments left.
import { noteBlock, type Section, tableBlock, textBlock } from "../../report/document.ts";
import { formatNumber, formatPercent } from "../../report/format.ts";
import { textBar } from "../../report/text-bar.ts";
import type { CohortStudy } from "./cohort-study.ts";
import { left, parameterRows, type ReportQuestion, refusal, right } from "./report-parts.ts";

const BAR = 32;

export function cohortSections(study: CohortStudy, question: ReportQuestion): Section[] {
  const { customers, fittedTo, models, notes, shapeP } = study;
  const fitted = models.filter(({ fit }) => fit.kind === "fitted");
  const held = study.points.some(({ isHoldout }) => isHoldout);
  const { horizon, unit, yearlyDiscount } = question;
  const head = [left("model"), right("ln L"), right("BIC"), right("hold-out, largest miss")];
  const rows = fitted.map(({ title, fit, holdoutError, residual }) => {
    const numbers =
      fit.kind === "fitted" ? [formatNumber(fit.logLikelihood, 3), formatNumber(fit.bic, 1)] : [];
    const miss = holdoutError === null ? "–" : `${formatNumber(100 * holdoutError, 2)} points`;
    return [title, ...numbers, miss, residual === null ? "–" : formatNumber(residual, 3)];
  });
  const sections: Section[] = [
    {
      title: "Cohort",
      blocks: [
        textBlock(
          `${formatNumber(customers, 0)} customers, fitted to the first ${fittedTo} ${unit}s.`,
        ),
        ...notes.map(noteBlock),
      ],
    },
    {
      title: "Models",
      blocks: [
        ...(rows.length > 0 ? [tableBlock([...head, right("payments left")], rows)] : []),
        ...models.flatMap(({ title, fit }) => refusal(title, fit)),
        ...(fitted.length > 0
          ? [
              noteBlock(
                `Payments left: of a customer still there in the last ${unit} counted, within ` +
                  `${horizon} ${unit}s, the next one due at once, discounted by ` +
                  `${formatPercent(yearlyDiscount)} a year.`,
              ),
            ]
          : []),
        ...(shapeP === null
          ? []
          : [noteBlock(`sBG against the shape of the other: p = ${formatNumber(shapeP, 4)}.`)]),
        ...(held ? [] : [noteBlock("Nothing was held back, so no model was checked.")]),
      ],
    },
  ];
  if (rows.length > 0) {
    const columns = [left("model"), left("parameter"), right("estimate"), left("interval")];
    const blocks = [tableBlock(columns, parameterRows(models))];
    sections.push({ title: "Parameters", blocks });
    const title = `Share that is left, by ${unit}; those after ${fittedTo} were held back`;
    const text = chart(study);
    sections.push({ title: "Survival", blocks: [{ kind: "chart", title, text }] });
  }
  return sections;
}

function chart({ points, models }: CohortStudy): string {
  const lines = points.flatMap(({ period, actual, isHoldout, predicted }) => {
    const bar = (name: string, share: number): string =>
      `${name.padEnd(22)} ${textBar(share, BAR)} ${formatPercent(share)}`;
    const told = models.flatMap(({ id, title }) => {
      const share = predicted[id];
      return share === undefined ? [] : [`      ${bar(title, share)}`];
    });
    const mark = isHoldout ? "*" : " ";
    return [`${String(period).padStart(4)}${mark} ${bar("counted", actual)}`, ...told];
  });
  return `${lines.join("\n")}\n* held back`;
}
