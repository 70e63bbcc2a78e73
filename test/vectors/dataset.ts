// Rows of a randomised data set as arms of counts and sums, in the shape in which pairs give them
// inline: a column of zeros and ones is counted, any other is summed with its deviation.
import { momentsOf, summarizeMoments } from "../../src/stats/index.ts";
import { type Fields, PairProblem, type Question } from "./family.ts";
import { csvRows, textOf } from "./fields.ts";

type Row = Record<string, string>;

export interface Dataset {
  readonly control: Fields;
  /** The other arms by a short name: "mens" for "Mens E-Mail". */
  readonly treatments: ReadonlyMap<string, Fields>;
}

const ASSIGNMENT = ["segment", "treat", "treatment", "variant", "group", "arm"];
const CONTROL = /^(no|none|control|holdout|placebo|baseline)\b|^0$/i;

export function readDataset(question: Question): Dataset {
  const { input } = question;
  const file = textOf(input, "file") ?? "";
  const rows = csvRows(question.readData(file));
  const columns = Object.keys(rows[0] ?? {});
  const named = textOf(input, "assignment", "treatment_column", "group_column");
  const column = named ?? ASSIGNMENT.find((each) => columns.includes(each));
  if (column === undefined || !columns.includes(column)) {
    throw new PairProblem(`${file} has no column of arms; its columns are: ${columns.join(", ")}`);
  }
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row[column]!);
    if (group === undefined) groups.set(row[column]!, [row]);
    else group.push(row);
  }
  const control = textOf(input, "control") ?? [...groups.keys()].find((each) => CONTROL.test(each));
  const controlRows = control === undefined ? undefined : groups.get(control);
  if (controlRows === undefined) {
    throw new PairProblem(`${file} has no control arm among: ${[...groups.keys()].join(", ")}`);
  }
  const metrics = columns.filter((each) => each !== column && isNumeric(rows, each));
  const treatments = new Map<string, Fields>();
  const wanted = textOf(input, "arm", "treatment", "treat");
  for (const [name, members] of groups) {
    if (name === control || (wanted !== null && name !== wanted)) continue;
    treatments.set(shortName(name), armOf(members, metrics));
  }
  if (treatments.size === 0) throw new PairProblem(`${file} has no arm ${wanted ?? "but control"}`);
  return { control: armOf(controlRows, metrics), treatments };
}

function isNumeric(rows: readonly Row[], column: string): boolean {
  return rows.every((row) => row[column] !== "" && Number.isFinite(Number(row[column])));
}

function armOf(rows: readonly Row[], metrics: readonly string[]): Fields {
  const arm: Record<string, number> = { n: rows.length };
  for (const metric of metrics) {
    const values = rows.map((row) => Number(row[metric]));
    const moments = momentsOf(values);
    arm[metric] = moments.sum;
    if (values.some((value) => value !== 0 && value !== 1)) {
      arm[`${metric}_sd`] = Math.sqrt(summarizeMoments(moments).variance);
    }
  }
  return arm;
}

function shortName(name: string): string {
  return name.toLowerCase().split(/[^a-z0-9]+/)[0]!;
}
