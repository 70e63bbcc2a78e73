// Peer `node+postgres`: a Node service that decides a claim by the obvious guarded update.
import pg from "pg";
import type { ClaimInput } from "../../src/contract/schema/claim.ts";
import { leastOf } from "../../src/core/definition.ts";
import { benchCampaign } from "../campaign.ts";
import { serveClaims } from "../http/claim-server.ts";
import { CHARGE, INSERT_CLAIM, SCHEMA } from "./schema.ts";

const { host, port, user, connections } = JSON.parse(process.argv[2] ?? "{}");
const campaign = benchCampaign(Date.now());
const pool = new pg.Pool({ host, port, user, database: "postgres", max: connections });
await pool.query(SCHEMA);
await pool.query("insert into campaigns (id, budget_minor) values ($1, $2)", [
  campaign.id,
  campaign.budgetMinor,
]);

const amounts = new Map(
  campaign.offers.map((offer) => [
    offer.id,
    offer.reward.kind === "fixed" ? offer.reward.amountMinor : leastOf(offer.reward),
  ]),
);
const limitOf = (id: string): number => campaign.caps.find((cap) => cap.id === id)?.limit ?? 0;
const userGrants = limitOf("user-rewards");
const userMoney = limitOf("user-money");

serveClaims((claim, reply) => {
  decide(claim).then(
    (status) => reply(JSON.stringify({ status, offer: claim.offer })),
    (error) => reply(JSON.stringify({ status: "error", message: String(error) })),
  );
});

async function decide(claim: ClaimInput): Promise<string> {
  const amountMinor = amounts.get(claim.offer);
  if (amountMinor === undefined) return "unknown_offer";
  const { device = "", ip = "" } = claim.attributes ?? {};
  const row = [claim.id, campaign.id, claim.user, claim.offer, device, ip, amountMinor];
  const charge = [campaign.id, claim.user, amountMinor, userGrants, userMoney];
  const client = await pool.connect();
  try {
    await client.query("begin");
    const bound = await client.query({ ...INSERT_CLAIM, values: row });
    if (bound.rowCount === 0) {
      await client.query("rollback");
      return "granted"; // A retry of what was granted before.
    }
    const charged = await client.query({ ...CHARGE, values: charge });
    await client.query(charged.rowCount === 0 ? "rollback" : "commit");
    return charged.rowCount === 0 ? "cap_reached" : "granted";
  } finally {
    client.release();
  }
}
