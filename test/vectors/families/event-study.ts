// Event studies: the market model on a file of returns, and the identities of abnormal returns.
import {
  abnormalReturn,
  cumulatedReturn,
  marketModel,
  type ReturnPair,
} from "../../../src/value/event-study.ts";
import { type Answer, type Claim, claims, PairProblem, type Question, values } from "../family.ts";
import { csvRows, has, numberOr, textOf } from "../fields.ts";
import { unknownMethod } from "../words.ts";

export function eventStudy(question: Question): Answer {
  const { method, input } = question;
  if (/forecast-error|identit|AR=R-|CAR=/i.test(method)) return checked(method);
  if (!/market model/i.test(method)) unknownMethod("event_study", method);
  if (!has(input, "file")) throw new PairProblem("the input has no file of returns");
  const { days, at } = returnsOf(question);
  const number = (form: RegExp, otherwise: number): number =>
    Number(form.exec(method)?.[1] ?? otherwise);
  const estimation = numberOr(input, number(/estimation (\d+)/i, 250), "estimation");
  const buffer = numberOr(input, number(/(?:buffer|gap) (\d+)/i, 0), "buffer", "gap");
  const from = numberOr(input, number(/window (-\d+)/i, 0), "from");
  const to = numberOr(input, number(/\.\.\+?(\d+)/, 0), "to");
  const end = at + from - buffer;
  if (end < estimation) throw new PairProblem("the file has too few days before the event");
  const model = marketModel(days.slice(end - estimation, end));
  const offsets = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const abnormal = offsets.map((offset) => [
    String(offset),
    abnormalReturn(model, days[at + offset]!).abnormal,
  ]);
  const whole = cumulatedReturn(model, days.slice(at + from, at + to + 1));
  return values({
    alpha: model.alpha,
    beta: model.beta,
    var_AR: /divide by n\b/i.test(method) ? model.varianceOfSample : model.variance,
    AR: Object.fromEntries(abnormal),
    CAR: whole.cumulated,
    t: whole.t,
    p: whole.p,
  });
}

function returnsOf({ input, readData }: Question): { days: ReturnPair[]; at: number } {
  const [security, market] = [textOf(input, "security") ?? "", textOf(input, "market") ?? ""];
  const event = textOf(input, "event") ?? "";
  const rows = csvRows(readData(textOf(input, "file") ?? ""));
  const missing = [security, market].find((name) => rows[0]?.[name] === undefined);
  if (missing !== undefined) throw new PairProblem(`the file has no column ${missing}`);
  const complete = rows.filter((row) => row[security] !== "" && row[market] !== "");
  const at = complete.findIndex((row) => row.date === event);
  if (at < 0) throw new PairProblem(`the file has no day ${event}`);
  const days = complete.map((row) => ({
    security: Number(row[security]),
    market: Number(row[market]),
  }));
  return { days, at };
}

/** Made-up days that follow a pattern, and the sentences computed the long way beside. */
function checked(method: string): Answer {
  const days: ReturnPair[] = Array.from({ length: 60 }, (_, i) => ({
    market: 0.01 * Math.sin(1.7 * i),
    security: 0.002 + 0.013 * Math.sin(1.7 * i) + 0.004 * Math.cos(2.9 * i * i),
  }));
  const event: ReturnPair[] = [0.03, -0.02, 0.01].map((market, i) => ({
    market,
    security: 0.01 * (i - 1),
  }));
  const model = marketModel(days);
  const { alpha, beta, variance, days: n } = model;
  const mean = days.reduce((sum, { market }) => sum + market, 0) / n;
  const squares = days.reduce((sum, { market }) => sum + (market - mean) ** 2, 0);
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-12 * (1 + Math.abs(b));
  const exact = (k: number, away: number): number =>
    variance * (k + (k * k) / n + (away * away) / squares);
  const each = event.map((day) => abnormalReturn(model, day));
  const whole = cumulatedReturn(model, event);
  const sum = event.reduce(
    (all, { market, security }) => all + security - alpha - beta * market,
    0,
  );
  const away = event.reduce((all, { market }) => all + market - mean, 0);
  const found: Claim[] = /forecast-error/i.test(method)
    ? [
        {
          text: "s²(1 + 1/L1 + (Rm - mean)² / Sxx) for each day",
          holds: each.every(({ standardError }, i) =>
            near(standardError ** 2, exact(1, event[i]!.market - mean)),
          ),
        },
        {
          text: "the same of a sum of days, errors together",
          holds: near(whole.standardError ** 2, exact(3, away)),
        },
      ]
    : [
        {
          text: "AR = R - (a + b Rm)",
          holds: each.every(({ abnormal }, i) =>
            near(abnormal, event[i]!.security - (alpha + beta * event[i]!.market)),
          ),
        },
        { text: "CAR = sum AR", holds: near(whole.cumulated, sum) },
        { text: "t = CAR / sqrt(var)", holds: near(whole.t, sum / Math.sqrt(exact(3, away))) },
        {
          text: "var(CAR) = L s² once the model itself is known without error",
          holds: near(
            cumulatedReturn({ ...model, days: 1e15, marketSquares: 1e15 }, event).standardError **
              2,
            3 * variance,
          ),
        },
      ];
  return claims(found);
}
