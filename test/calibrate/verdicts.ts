// Does the verdict say "pays" where nothing does, and does it say it where much does? And the other
// alarms: several questions at once, a broken randomisation, a guardrail.

import { detectable } from "../../src/prove/detectable.ts";
import { type Evidence, verdictOf } from "../../src/prove/verdict.ts";
import { sampleRatio } from "../../src/stats/index.ts";
import type { WorthReading } from "../../src/verdict/worth-reading.ts";
import { type Drawn, drawUsers, fullStudy, keptStudy } from "./campaign.ts";
import { AT_MOST, type Experiment, oncePerSeed, SPEAKS, streamOf } from "./experiment.ts";
import {
  createPopulation,
  meanOf,
  type Population,
  type Question,
  trueEffect,
  withoutEffect,
} from "./population.ts";

const HOLDOUT = 0.25;
const MARGIN_YUAN = 500;

interface Design {
  readonly population: Population;
  readonly users: number;
  readonly effect: number;
  /** The smallest effect that such a campaign sees with the chance .8. */
  readonly detectable: number;
}

/** As many users as make twice the detectable effect a little less than the true one. */
function designOf(population: Population): Design {
  const effect = trueEffect(population, "kept");
  const seenBy = (users: number): number => {
    const outcome = { share: meanOf(population.heldOut.kept) };
    return detectable({ users, holdout: HOLDOUT, outcome, weeks: 1 }).weekly[0]!.fixed;
  };
  const users = Math.ceil(10_000 * (seenBy(10_000) / (0.45 * effect)) ** 2);
  return { population, users, effect, detectable: seenBy(users) };
}

export function verdictsOf(question: Question): Experiment {
  const id = `verdict/${question}`;
  const designs = oncePerSeed((seed) => designOf(createPopulation(question, seed)));
  return {
    id,
    about: question,
    isSampled: false,
    rows: [
      { id: "pays on null", title: '"pays" of a free reward that does nothing', rule: AT_MOST },
      {
        id: "pays at break-even",
        title: '"pays" of a campaign that just breaks even',
        rule: AT_MOST,
      },
      { id: "loses at break-even", title: '"loses" of the same', rule: AT_MOST },
      {
        id: "pays",
        title: '"pays" of one above break-even by twice what is detectable',
        rule: SPEAKS,
      },
      {
        id: "works and loses",
        title: '"works and loses money" of one below it by as much',
        rule: SPEAKS,
      },
    ],
    run: (seed, campaign) => {
      const design = designs(seed);
      const { population, users, effect } = design;
      const drawn = drawUsers(population, streamOf(seed, id, campaign), {
        ...{ users, holdout: HOLDOUT },
      });
      const worth = (breakEven: number, of = population): WorthReading =>
        worthOf(of, drawn, breakEven);
      const even = worth(effect).finding;
      const { works, finding } = worth(effect + 2 * design.detectable);
      return {
        "pays on null": worth(0, withoutEffect(population)).finding === "pays",
        "pays at break-even": even === "pays",
        "loses at break-even": even === "loses",
        pays: worth(effect - 2 * design.detectable).finding === "pays",
        "works and loses": works && finding === "loses",
      };
    },
  };
}

/** The verdict's worth where an effect of `breakEven` would just pay. */
function worthOf(population: Population, drawn: Drawn, breakEven: number): WorthReading {
  const evidence: Evidence = {
    title: "",
    studies: [keptStudy(population, drawn, HOLDOUT)],
    worth: { marginPerUnit: MARGIN_YUAN, costPerTreated: MARGIN_YUAN * breakEven },
  };
  return verdictOf(evidence).studies[0]!.worth[0]!;
}

const NULL_USERS = 8_000;
/** Counts that a lost part of an arm leaves behind. */
const LOST_SHARE = 0.1;

export function nullsOf(question: Question): Experiment {
  const id = `null/${question}`;
  const designs = oncePerSeed((seed) => {
    const population = withoutEffect(createPopulation(question, seed));
    const outcome = { share: meanOf(population.heldOut.kept) };
    const asked = { users: NULL_USERS, holdout: HOLDOUT, outcome, weeks: 1 };
    return { population, margin: 1.5 * detectable(asked).weekly[0]!.fixed };
  });
  return {
    id,
    about: question,
    isSampled: false,
    rows: [
      { id: "holm", title: "any effect among five metrics, Holm, none there", rule: AT_MOST },
      { id: "guardrail", title: "guardrail called broken, nothing there", rule: AT_MOST },
      { id: "equivalence", title: '"as good as none" where nothing is there', rule: SPEAKS },
      {
        id: "ratio alarm",
        title: "sample ratio raises an alarm, nothing lost",
        rule: { kind: "at most", chance: 0.01 },
      },
      { id: "ratio seen", title: "sample ratio raises one, a tenth of an arm lost", rule: SPEAKS },
    ],
    run: (seed, campaign) => {
      const { population, margin } = designs(seed);
      const stream = streamOf(seed, id, campaign);
      const drawn = drawUsers(population, stream, { users: NULL_USERS, holdout: HOLDOUT });
      const study = fullStudy(population, drawn, HOLDOUT, {
        negligible: { kept: margin },
        guardrails: [{ metric: "kept", worse: "lower", margin, isRelative: false }],
      });
      const [read] = verdictOf({ title: "", studies: [study] }).studies;
      const kept = read!.effects.find(
        ({ metric, population: of }) => metric.id === "kept" && of === "assigned",
      );
      // Losses leave counts, and nothing else that this check reads.
      const counts = [drawn.heldOut.length, drawn.treated.length] as const;
      const lost = Math.round(LOST_SHARE * counts[1]);
      const alarm = (treated: number): boolean =>
        !sampleRatio([counts[0], treated], [HOLDOUT, 1 - HOLDOUT], { exact: true }).passed;
      return {
        holm: read!.effects.some(({ holmP }) => holmP !== null && holmP < 0.05),
        guardrail: read!.guardrails[0]!.finding === "broken",
        equivalence: kept!.equivalence!.p < 0.05,
        "ratio alarm": alarm(counts[1]),
        "ratio seen": alarm(counts[1] - lost),
      };
    },
  };
}
