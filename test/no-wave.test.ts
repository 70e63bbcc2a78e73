// A prize of a draw belongs to no wave, and neither does what is made good: in the definition both
// stand in the first one, for want of another, and nobody may see that.
import { describe, expect, it } from "vitest";
import type { CampaignDefinition } from "../src/core/definition.ts";
import { execute } from "../src/host/index.ts";
import { CLOSES_MS, DrawDrill, drawn } from "./draw-drill.fixture.ts";
import { readBack } from "./simulation/read-back.ts";

/** A card in the second of two waves, and a draw. */
function twoWaves(): CampaignDefinition {
  const definition = drawn();
  const [wave] = definition.waves;
  const [card, ...prizes] = definition.offers;
  return {
    ...definition,
    waves: [wave!, { ...wave!, id: "second" }],
    offers: [{ ...card!, wave: 1 }, ...prizes],
  };
}

async function played(): Promise<DrawDrill> {
  const drill = await new DrawDrill().open(twoWaves());
  await drill.enterAll(1);
  await drill.grant("ann");
  await drill.at(CLOSES_MS);
  return drill;
}

describe("a prize of a draw", () => {
  it("is of no wave in what events say, as exports, streams and webhooks show them", async () => {
    const drill = await played();
    await drill.records();
    const { events } = await readBack(drill.journal);
    const granted = events.filter(({ type }) => type === "granted");
    expect(granted.map(({ offer, wave }) => [offer, wave])).toEqual([
      ["card", "second"],
      ["grand", null],
    ]);
  });

  it("is in no wave that suspects are looked for in", async () => {
    const drill = await played();
    const counts = [];
    for (const where of [{ waves: ["one"] }, { waves: ["second"] }, { offers: ["grand"] }]) {
      const call = { params: { campaign: "drill" }, query: null, body: { where } };
      counts.push((await execute(drill.engine, "suspects.find", call)).grants);
    }
    expect(counts).toEqual([0, 1, 1]);
  });
});
