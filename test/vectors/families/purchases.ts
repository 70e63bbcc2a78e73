// What is asked of a model of purchases: the fit, the likelihood, chances, expectations, discounted
// sums. Models say how they answer and how a pair spells their cells; this reads the question.
import {
  type Fit,
  type HistoryTable,
  historyTable,
  type Parameters,
  type PurchaseModel,
  sumOver,
} from "../../../src/stats/index.ts";
import {
  answer,
  eachOf,
  fitValues,
  historyOf,
  NAMES,
  parametersOf,
  readHistories,
  required,
} from "../customers.ts";
import { type Answer, type Fields, type Question, skip, type Value, values } from "../family.ts";
import { has, numberOf, numberOr } from "../fields.ts";

export type Kind = "count" | "alive" | "discounted" | "conditional" | "pmf" | "expected";

/** What the cells of a line are that has no names, and what a line is answered. */
export type Answering<Name extends string> = readonly [
  order: readonly string[],
  of: (parameters: Parameters<Name>, line: Fields, question: Question) => Value,
];

export interface Asked<Name extends string> {
  readonly title: string;
  readonly names: readonly Name[];
  readonly fit: (table: HistoryTable) => Fit<Name>;
  readonly logLikelihood: (table: HistoryTable, parameters: Parameters<Name>) => number;
  /** Data that a pair means when it gives neither parameters nor a file; null where it must. */
  readonly standard: string | null;
  readonly kinds: Readonly<Record<Kind, Answering<Name>>>;
}

export function purchases<Name extends string>(question: Question, asked: Asked<Name>): Answer {
  const { method, input } = question;
  const { names, standard } = asked;
  const given = parametersOf(input, names);
  const hasFile = has(input, "file", "data");
  if (given === null && (standard === null || (hasFile && isFit(question)))) {
    return values(fitValues(asked.fit(readHistories(question))));
  }
  const file = hasFile ? question : { ...question, input: { file: standard } };
  const parameters = given ?? required(fitValues(asked.fit(readHistories(file))) as never);
  if (/log-?lik|likelihood|\bLL\b/i.test(method)) {
    const table = hasFile ? readHistories(question) : historyTable([historyOf(input)]);
    return answer(question, asked.logLikelihood(table, parameters));
  }
  const kind = kindOf(method, input);
  if (kind === null) return skip(`nothing of ${asked.title} is called "${method}" here`);
  const [order, of] = asked.kinds[kind];
  const named = has(input, ...NAMES.repeats) ? [] : numbersNamed(method);
  const all = named.length === 0 ? input : { ...input, x: named };
  const found = eachOf(all, order, (line) => of(parameters, line, question));
  return answer(question, found);
}

function kindOf(method: string, input: Fields): Kind | null {
  const hasHistory = has(input, ...NAMES.recency) || has(input, "cases");
  const isCount = /number of (customers|donors|people|users)|frequenc(y|ies) of/i.test(method);
  if (isCount && has(input, "file", "customers", "donors", "people")) return "count";
  if (/alive|active/i.test(method)) return "alive";
  if (/DERT|discount/i.test(method)) return "discounted";
  if (/E\[Y|conditional|Y\(/i.test(method)) return "conditional";
  if (/pmf|P\(X|probability/i.test(method)) return "pmf";
  if (/E\[|E\(X|expect/i.test(method)) return hasHistory ? "conditional" : "expected";
  return null;
}

function isFit({ method, wanted }: Question): boolean {
  return /MLE|\bfit|estimat|maximum likelihood|optim/i.test(method) || wanted.includes("r");
}

/** The counts in words such as "donors with 0 and 6 transactions". */
function numbersNamed(method: string): number[] {
  const words = /with ([\d, and]+) (?:transactions|purchases|donations|repeat)/i.exec(method)?.[1];
  return (words?.match(/\d+/g) ?? []).map(Number);
}

/** How the models of purchases in continuous time are asked: BG/NBD, MBG/NBD and Pareto/NBD. */
export function inContinuousTime<Name extends string>(model: PurchaseModel<Name>): Asked<Name> {
  const history = ["x", "t_x", "T", "t"];
  return {
    title: model.title,
    names: model.names,
    fit: (table) => model.fit(table),
    logLikelihood: (table, parameters) => model.likelihood(table).logLikelihood(parameters),
    standard: "cdnow/cdnow_customers_summary.csv",
    kinds: {
      count: [
        ["x"],
        (parameters, line, question) => {
          const x = numberOf(line, ...NAMES.repeats);
          const chance = ({ age }: { age: number }) => model.chanceOfRepeats(parameters, age, x);
          return sumOver(readHistories(question), chance);
        },
      ],
      pmf: [
        ["t", "x"],
        (parameters, line) => {
          const time = numberOf(line, "t", "T", "time");
          return model.chanceOfRepeats(parameters, time, numberOf(line, ...NAMES.repeats));
        },
      ],
      expected: [
        history,
        (parameters, line) => model.expectedRepeats(parameters, numberOf(line, "t", "T")),
      ],
      alive: [history, (parameters, line) => model.chanceAlive(parameters, historyOf(line))],
      conditional: [
        history,
        (parameters, line) => {
          const time = numberOf(line, "t", "T_star", "T.star");
          return model.expectedPurchases(parameters, historyOf(line), time);
        },
      ],
      discounted: [
        history,
        (parameters, line) =>
          model.discountedPurchases(parameters, historyOf(line), discount(line)),
      ],
    },
  };
}

/** Continuous rates are `delta`; a yearly effective rate `d` is spread over 52 weeks. */
function discount(line: Fields): { rate: number; horizon: number } {
  const horizon = numberOr(line, Number.POSITIVE_INFINITY, "horizon", "t");
  if (has(line, "delta", "rate")) return { rate: numberOf(line, "delta", "rate"), horizon };
  return { rate: Math.log1p(numberOf(line, "d", "discount")) / 52, horizon };
}
