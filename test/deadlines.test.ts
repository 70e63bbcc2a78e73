// Who asked with a deadline that has passed hears so, before anything is decided or read for him.
import { describe, expect, it } from "vitest";
import type { EngineOperation } from "../src/host/index.ts";
import { execute } from "../src/host/index.ts";
import { Drill } from "./drill.fixture.ts";
import { plainCampaign } from "./simulation/plain-campaign.ts";

const LATE_MS = -1;
const READS: EngineOperation[] = [
  "campaign.check",
  "campaign.list",
  "campaign.odds",
  "campaign.outlook",
  "campaign.show",
  "user.grants",
];

describe("a deadline that has passed", () => {
  it.each(READS)("refuses %s", async (name) => {
    const drill = await new Drill().open(plainCampaign());
    const params = { campaign: "drill", user: "ann" };
    const call = { params, query: {}, body: { yaml: "" } } as never;
    // Control: in time it is answered.
    expect((await execute(drill.engine, name, call, 60_000)).status).toBe("ok");
    const late = execute(drill.engine, name, call, LATE_MS);
    await expect(late).rejects.toMatchObject({ code: "deadline_exceeded", retryable: true });
  });
});
