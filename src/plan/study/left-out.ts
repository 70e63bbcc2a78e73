// What the plan leaves out of the campaign file's limits, and what it takes for granted about
// people who went away empty, in words.
import { type Block, noteBlock } from "../../report/document.ts";
import type { PlanStudy } from "./plan-study.ts";

export function leftOutNotes({ leftOut, assumptions }: PlanStudy): Block[] {
  const limits = leftOut.map(({ id, why }) => `${id} (${why})`).join("; ");
  const stated = (id: string): boolean =>
    assumptions.some((one) => one.id === id && one.origin !== "default");
  const silent = [
    ...(stated("reach.afterRunOut") ? [] : ["everybody still comes once the money is gone"]),
    ...(stated("retention.refused") ? [] : ["who went away empty stays like who came anyway"]),
  ];
  return [
    ...(leftOut.length === 0 ? [] : [noteBlock(`Limits that no hour here counts: ${limits}.`)]),
    ...(silent.length === 0
      ? []
      : [
          noteBlock(
            `Taken for granted, since the plan does not say otherwise: ${silent.join("; ")}. So ` +
              "the budget matters less here than it may; reach.afterRunOut and " +
              "retention.refused say how much.",
          ),
        ]),
  ];
}
