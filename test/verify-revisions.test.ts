// verify reads revisions with distrust: a text that is no revision is a finding, and never its end.
import { describe, it } from "vitest";
import { cap } from "./simulation/plain-campaign.ts";
import { expectFound } from "./verify/expect-found.ts";

type Stated = Record<string, unknown>;

const NUMBERED = { ...cap(), id: 7 };

const FORGED: readonly [what: string, forge: (stated: Stated) => void][] = [
  ["no definition", (stated) => delete stated.definition],
  ["a definition that is a text", (stated) => Object.assign(stated, { definition: "x" })],
  ["offers that are a number", ({ definition }) => Object.assign(definition!, { offers: 1 })],
  ["no days", ({ definition }) => delete (definition as Stated).dayStartsMs],
  [
    "a cap whose id is a number",
    ({ definition }) => Object.assign(definition!, { caps: [NUMBERED] }),
  ],
  [
    "attributes that are a text",
    ({ definition }) => Object.assign(definition!, { attributes: "" }),
  ],
  ["no word of why", (stated) => delete stated.why],
  ["nobody who wanted it", (stated) => Object.assign(stated, { by: "" })],
];

describe("verify finds a forged revision:", () => {
  it.each(FORGED)("%s", async (_, forge) => {
    for (const kind of ["revised", "proposed"] as const) {
      await expectFound("revisions", kind, (forgery) => {
        const event = [...Array(16).keys()].flatMap((one) => forgery.all(kind, one))[0]!;
        forgery.rewrite(event, forge);
      });
    }
  });

  it.each([true, [null], [{ offer: 0, classes: null }], [{ offer: 0, classes: [{}] }]])(
    "classes that are %j",
    async (classes) => {
      await expectFound("revisions", "revised", (forgery) => {
        const event = [...Array(16).keys()].flatMap((one) => forgery.all("revised", one))[0]!;
        forgery.rewrite(event, (stated: Stated) => Object.assign(stated, { classes }));
      });
    },
  );
});
