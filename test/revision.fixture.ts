// A campaign that is revised, proposals consented to and taken back, by the keys that a test names.
import type { CampaignAnswer, RevisionAnswer, RevisionInput } from "../src/contract/index.ts";
import type { CampaignDefinition } from "../src/core/definition.ts";
import { execute } from "../src/host/index.ts";
import { Drill } from "./drill.fixture.ts";
import { plainCampaign, START_MS } from "./simulation/plain-campaign.ts";

export class RevisionDrill extends Drill {
  revise(
    more: Partial<CampaignDefinition>,
    asked: Partial<RevisionInput> = {},
  ): Promise<RevisionAnswer> {
    const definition = { ...this.definition, ...more };
    const { version } = this.engine.find("drill")!.state;
    const body = { definition, version: version + 1, why: "a test", ...asked } as RevisionInput;
    const call = { params: { campaign: "drill" }, query: null, body, by: "key-1" };
    return execute(this.engine, "campaign.revise", call);
  }

  /** By default to the proposal that waits. */
  consent(
    by: string,
    version = 1,
    preview = false,
    digest: string = this.digest,
  ): Promise<RevisionAnswer> {
    const body = { version, ...(preview ? { preview } : { digest }) };
    const call = { params: { campaign: "drill" }, query: null, body, by };
    return execute(this.engine, "campaign.approve", call);
  }

  reject(by: string, version = 1, digest: string = this.digest): Promise<CampaignAnswer> {
    const body = { version, digest, why: "not now" };
    return execute(this.engine, "campaign.reject", {
      ...{ params: { campaign: "drill" }, query: null, body, by },
    });
  }

  /** Of the proposal that waits, or the one that was settled last. */
  get digest(): string {
    const { proposal, lastRevision, rejected } = this.campaign;
    return proposal?.digest ?? lastRevision?.digest ?? rejected ?? "none";
  }

  get definition(): CampaignDefinition {
    return structuredClone(this.engine.find("drill")!.state.definition);
  }

  /** Moves the clock alone. @param ms since the start */
  moveTo(ms: number): void {
    this.clock.set(START_MS + ms);
  }
}

export function drill(more: Partial<CampaignDefinition> = {}): Promise<RevisionDrill> {
  return new RevisionDrill().open(plainCampaign(more));
}

/** The offer with another expiry. */
export function expiring(
  definition: CampaignDefinition,
  afterMs: number,
): CampaignDefinition["offers"] {
  const [card, ...rest] = definition.offers;
  return [{ ...card!, expiry: { kind: "after", afterMs } }, ...rest];
}
