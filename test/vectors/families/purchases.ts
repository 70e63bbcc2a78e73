// What is asked of the models of purchases in continuous time: the fit, the likelihood, chances,
// expectations and discounted sums. BG/NBD, MBG/NBD and Pareto/NBD answer the same questions.
import {
  type Fit,
  type HistoryTable,
  historyTable,
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
import { type Answer, type Fields, type Question, skip, values } from "../family.ts";
import { has, numberOf, numberOr } from "../fields.ts";

export interface Asked<Name extends string> {
  readonly model: PurchaseModel<Name>;
  readonly fit: (table: HistoryTable) => Fit<Name>;
  /** Data that a pair means when it gives neither parameters nor a file. */
  readonly standard: string;
}

export function purchases<Name extends string>(question: Question, asked: Asked<Name>): Answer {
  const { method, input } = question;
  const { model } = asked;
  const given = parametersOf(input, model.names);
  const hasFile = has(input, "file", "data");
  if (given === null && hasFile && isFit(question)) {
    return values(fitValues(asked.fit(readHistories(question))));
  }
  const file = hasFile ? question : { ...question, input: { file: asked.standard } };
  const parameters = given ?? required(fitValues(asked.fit(readHistories(file))) as never);
  if (/log-?lik|likelihood|\bLL\b/i.test(method)) {
    const table = hasFile ? readHistories(question) : historyTable([historyOf(input)]);
    return answer(question, model.likelihood(table).logLikelihood(parameters));
  }
  const kind = kindOf(method, input);
  if (kind === null) return skip(`nothing of ${model.title} is called "${method}" here`);
  if (kind === "count") {
    const table = readHistories(question);
    const counts = eachOf(input, ["x"], (line) => {
      const x = numberOf(line, ...NAMES.repeats);
      return sumOver(table, ({ age }) => model.chanceOfRepeats(parameters, age, x));
    });
    return answer(question, counts);
  }
  const order = kind === "pmf" ? ["t", "x"] : ["x", "t_x", "T", "t"];
  const found = eachOf(input, order, (line) => {
    if (kind === "pmf") {
      const time = numberOf(line, "t", "T", "time");
      return model.chanceOfRepeats(parameters, time, numberOf(line, ...NAMES.repeats));
    }
    if (kind === "expected") return model.expectedRepeats(parameters, numberOf(line, "t", "T"));
    if (kind === "alive") return model.chanceAlive(parameters, historyOf(line));
    const history = historyOf(line);
    if (kind === "discounted")
      return model.discountedPurchases(parameters, history, discount(line));
    return model.expectedPurchases(parameters, history, numberOf(line, "t", "T_star", "T.star"));
  });
  return answer(question, found);
}

type Kind = "count" | "alive" | "discounted" | "conditional" | "pmf" | "expected";

function kindOf(method: string, input: Fields): Kind | null {
  const hasHistory = has(input, ...NAMES.recency) || has(input, "cases");
  if (/number of customers|frequenc(y|ies) of/i.test(method) && has(input, "file")) return "count";
  if (/alive|active/i.test(method)) return "alive";
  if (/DERT|discount/i.test(method)) return "discounted";
  if (/E\[Y|conditional|Y\(/i.test(method)) return "conditional";
  if (/pmf|P\(X|probability/i.test(method)) return "pmf";
  if (/E\[X|E\(X|expect/i.test(method)) return hasHistory ? "conditional" : "expected";
  return null;
}

function isFit({ method, wanted }: Question): boolean {
  return /MLE|\bfit|estimat|maximum likelihood|optim/i.test(method) || wanted.includes("r");
}

/** Continuous rates are `delta`; a yearly effective rate `d` is spread over 52 weeks. */
function discount(line: Fields): { rate: number; horizon: number } {
  const horizon = numberOr(line, Number.POSITIVE_INFINITY, "horizon", "t");
  if (has(line, "delta", "rate")) return { rate: numberOf(line, "delta", "rate"), horizon };
  return { rate: Math.log1p(numberOf(line, "d", "discount")) / 52, horizon };
}
