// The day before: the same file as a rehearsal on the same server, opened in steps, so that all
// have gone through it once. Nothing of it can be spent.
import { parseDocument } from "yaml";
import { createClient } from "../../client/index.ts";
import type { ClaimAnswer, ClaimInput } from "../../contract/index.ts";
import { requireStatus } from "./require-status.ts";
import type { SdkPort } from "./sdk-port.ts";

export interface RehearsalOptions {
  readonly port: SdkPort;
  readonly url: string;
  readonly campaign: string;
  readonly yaml: string;
  /** Local midnight of the day of the rehearsal. */
  readonly dayMs: number;
}

export interface RehearsalFacts {
  readonly atMs: number;
  readonly testers: number;
  /** Let in after each step, those before included. */
  readonly letIn: readonly { readonly share: number; readonly testers: number }[];
  readonly granted: number;
  /** Redemptions that were tried, and refused as a rehearsal's. */
  readonly refused: number;
}

const TESTERS = 40;
const STEPS = [0.1, 0.5, 1];

export async function rehearse(options: RehearsalOptions): Promise<RehearsalFacts> {
  const { port, url, dayMs } = options;
  const campaign = `${options.campaign}-rehearsal`;
  await port.setClock(dayMs);
  const { admin } = port;
  const { secret } = await admin.keys.add({ name: "testers", scope: "app", campaign });
  const app = createClient({ url, key: secret });
  try {
    const answers = new Map<string, ClaimAnswer>();
    const letIn: { share: number; testers: number }[] = [];
    for (const [version, share] of STEPS.entries()) {
      const yaml = rehearsalFile(options, share);
      const why = "The tills are ready";
      if (version === 0) {
        requireStatus("campaign.open", (await admin.campaign.open({ yaml })).status, "opened");
      } else {
        const { status } = await admin.campaign.revise({ campaign, yaml, version, why });
        requireStatus("campaign.revise", status, "revised");
      }
      const outside = testers().filter(({ id }) => !answers.has(id));
      let i = 0;
      for await (const answer of app.claims.batch(campaign, outside)) {
        if (answer instanceof Error) throw answer;
        if (answer.status !== "not_yet") answers.set(outside[i]!.id, answer);
        i += 1;
      }
      letIn.push({ share, testers: answers.size });
    }
    const grants = [...answers.values()].flatMap(({ grant }) => grant ?? []);
    const orders = grants.map((grant) => ({ id: `order-${grant}`, grant, attributes: SHOP }));
    let refused = 0;
    for await (const answer of app.redemptions.batch(campaign, orders)) {
      if (answer instanceof Error) throw answer;
      if (answer.status === "rehearsal") refused += 1;
    }
    requireStatus("campaign.end", (await admin.campaign.end({ campaign })).status, "ok");
    return { atMs: dayMs, testers: TESTERS, letIn, granted: grants.length, refused };
  } finally {
    await app.close();
  }
}

const SHOP = { merchant: "m000" };

function testers(): ClaimInput[] {
  return Array.from({ length: TESTERS }, (_, i) => ({
    id: `test-${i}`,
    user: `tester-${i}`,
    offer: "card",
    attributes: { device: `test-phone-${i}`, ip: "192.0.2.1" },
  }));
}

/** The campaign's own file, a day early, as a rehearsal, with a share of the users let in. */
function rehearsalFile({ campaign, yaml, dayMs }: RehearsalOptions, share: number): string {
  const file = parseDocument(yaml);
  const early = new Date(dayMs).toISOString();
  file.set("campaign", `${campaign}-rehearsal`);
  file.set("rehearsal", true);
  file.set("starts", early);
  file.setIn(["waves", 0, "from"], early);
  if (share < 1) file.set("grey", { share: `${100 * share} %` });
  return file.toString();
}
