// A ledger all of whose texts from outside say the same: a console over it must show them as text,
// on every page.
import { expect } from "vitest";
import { parse, stringify } from "yaml";
import { type Client, createClient } from "../../src/client/index.ts";
import { documentOf } from "../../src/console/pages/reports/document-of.ts";
import { reportKind } from "../../src/server/report-kinds.ts";
import { OutboxFolder } from "../../src/webhooks/index.ts";
import { CAMPAIGN, campaignYaml, DAY_MS, STARTS_AT_MS } from "../contract/campaign.ts";
import type { ReportObject } from "../report-objects.fixture.ts";
import { type LoggedConsole, openLoggedConsole } from "./logged-console.fixture.ts";

/** A campaign that has another one's text, where two must agree on revisions. */
export const AGREED = "agreed";

/** One field's text, told from others by its number; cut to what the field takes. */
export type Said = (field: number, bytes?: number) => string;

export interface HostileConsole extends LoggedConsole {
  readonly admin: Client;
  readonly said: Said;
  /** Secret of a key whose name is hostile, too. */
  readonly secret: string;
  /** Held, released, extended, clawed back, repaid. */
  readonly taken: string;
  /** Cancelled, and paid all the same. */
  readonly over: string;
  readonly endpoint: string;
  /** Of its campaign. */
  readonly yaml: string;
  /** Blocks one more device. */
  block(): Promise<void>;
}

/** Fields by number, as the pages are asked about them. */
export const FIELD: Readonly<Record<FieldName, number>> = {
  ...{ title: 10, offer: 11, revisedOffer: 12, draw: 13, prize: 14, line: 15 },
  ...{ hold: 20, release: 21, extend: 22, clawback: 23, repay: 24, cover: 25, uncover: 26 },
  ...{ revise: 30, propose: 31, reject: 32, block: 33, compensate: 34 },
  ...{ key: 40, merchant: 41, device: 42, ip: 43, user: 44, claim: 45, order: 46 },
  ...{ paused: 50, dead: 51, address: 52, evidence: 60 },
};

type FieldName =
  | ("title" | "offer" | "revisedOffer" | "draw" | "prize" | "line")
  | ("hold" | "release" | "extend" | "clawback" | "repay" | "cover" | "uncover")
  | ("revise" | "propose" | "reject" | "block" | "compensate")
  | ("key" | "merchant" | "device" | "ip" | "user" | "claim" | "order")
  | ("paused" | "dead" | "address" | "evidence");

export async function openHostile(text: string, short: string): Promise<HostileConsole> {
  const said: Said = (field, bytes = 128) => `${field}${bytes < 40 ? short : text}`.slice(0, bytes);
  const it = await openLoggedConsole(hostileYaml(said, CAMPAIGN));
  const { secret } = await it.keys.add({ name: said(FIELD.key), scope: "admin" }, 1);
  const till = { name: "till", scope: "merchant", merchant: said(FIELD.merchant) } as const;
  await it.keys.add(till, 1);
  const admin = createClient({ url: it.server.url, key: secret });
  const grants = await playGrants(it, admin, said);
  await playCampaign(admin, said);
  const endpoint = await playWebhooks(it, admin, said);
  const close = async (): Promise<void> => {
    await admin.close();
    await it.close();
  };
  let blocks = 0;
  const block = (): Promise<void> => {
    blocks += 1;
    return blockDevice(admin, said, said(FIELD.ip).slice(blocks));
  };
  const yaml = hostileYaml(said, CAMPAIGN);
  return { ...it, admin, said, secret, ...grants, endpoint, yaml, block, close };
}

/** Every title that a campaign file can have. */
function hostileYaml(said: Said, campaign: string, offer: number = FIELD.offer): string {
  const file = parse(campaignYaml());
  file.campaign = campaign;
  file.title = said(FIELD.title);
  for (const one of file.offers) one.title = said(offer);
  file.attributes = ["device", "merchant", "ip"];
  file.contingency = { line: said(FIELD.line), amount: 20 };
  file.compensation = { budget: 50, amount: 5, expires: { after: "7d" } };
  file.fourEyes = campaign === AGREED;
  file.draws = [
    {
      ...{ id: "sunday", title: said(FIELD.draw), takeUp: "24h" },
      closes: "2026-02-06T09:00:00+08:00",
      prizes: [{ id: "grand", title: said(FIELD.prize), amount: 100, stock: 1 }],
    },
  ];
  return stringify(file);
}

async function playGrants(
  it: LoggedConsole,
  admin: Client,
  said: Said,
): Promise<{ taken: string; over: string }> {
  const [device, merchant, ip] = [FIELD.device, FIELD.merchant, FIELD.ip].map((one) => said(one));
  const claim = async (id: string, offer: string): Promise<string> => {
    const attributes = { device: device!, merchant: merchant!, ip: ip! };
    const body = { id, user: said(FIELD.user), offer, attributes, ref: said(FIELD.order, 32) };
    const { status, grant } = await it.engine.money("claim", CAMPAIGN, body);
    expect(status).toBe("granted");
    return grant!;
  };
  const taken = await claim(said(FIELD.claim), "card");
  const over = await claim("another", "card");
  const of = (grant: string, field: number) => {
    const id = `${field}-${grant}`;
    return { campaign: CAMPAIGN, grant, id, why: said(field), evidence: said(FIELD.evidence, 32) };
  };
  const redemption = { id: said(FIELD.order), grant: taken, amountMinor: 900 };
  await it.engine.money("redeem", CAMPAIGN, redemption);
  const statuses = [
    await admin.grant.hold(of(taken, FIELD.hold)),
    await admin.grant.release(of(taken, FIELD.release)),
    await admin.grant.extend({
      ...of(taken, FIELD.extend),
      expiresAtMs: STARTS_AT_MS + 5 * DAY_MS,
    }),
    await admin.grant.clawback(of(taken, FIELD.clawback)),
    await admin.grant.repay({ ...of(taken, FIELD.repay), amountMinor: 100 }),
  ];
  await it.engine.money("cancel", CAMPAIGN, { id: "cancelled", grant: over });
  const paid = { amountMinor: 700, paidAtMs: STARTS_AT_MS, merchant: merchant! };
  const cover = of(over, FIELD.cover);
  statuses.push(await admin.grant.cover({ ...cover, ...paid }));
  statuses.push(await admin.grant.uncover({ ...of(over, FIELD.uncover), cover: cover.id }));
  expect(statuses.map(({ status }) => status)).toEqual([
    ...["hold_placed", "released", "extended", "clawed_back", "received", "covered", "reversed"],
  ]);
  return { taken, over };
}

async function playCampaign(admin: Client, said: Said): Promise<void> {
  const yaml = hostileYaml(said, CAMPAIGN, FIELD.revisedOffer);
  const why = said(FIELD.revise);
  await admin.campaign.revise({ campaign: CAMPAIGN, yaml, version: 1, why });
  await blockDevice(admin, said, said(FIELD.device));
  await admin.campaign.compensate({
    ...{ campaign: CAMPAIGN, batch: "lost", why: said(FIELD.compensate), total: 1 },
    ...{ sha256: "0".repeat(64), lines: [{ user: said(FIELD.user) }] },
  });
  await admin.campaign.open({ yaml: hostileYaml(said, AGREED) });
  const propose = async (budget: number, field: number): Promise<void> => {
    const yaml = stringify({ ...parse(hostileYaml(said, AGREED)), budget });
    await admin.campaign.revise({ campaign: AGREED, yaml, version: 1, why: said(field) });
  };
  await propose(1100, FIELD.propose);
  const { digest } = (await admin.campaign.show({ campaign: AGREED })).books!.proposal!;
  const rejection = { version: 1, digest, why: said(FIELD.reject) };
  await admin.campaign.reject({ campaign: AGREED, ...rejection });
  await propose(1200, FIELD.propose);
}

async function blockDevice(admin: Client, said: Said, device: string): Promise<void> {
  const block = { by: "device", values: [device], why: said(FIELD.block) };
  const evidence = said(FIELD.evidence, 32);
  await admin.block.add({ campaign: CAMPAIGN, ...block, evidence });
}

async function playWebhooks(it: LoggedConsole, admin: Client, said: Said): Promise<string> {
  const url = `https://shop.example/${said(FIELD.address)}`;
  const { endpoint } = (await admin.webhooks.add({ url })).webhook;
  const folder = new OutboxFolder(it.ledger.directory, endpoint);
  await folder.make();
  await folder.writeDead("4.0", {
    ...{ id: "4.0", sequence: 4, index: 0, type: "granted", campaign: CAMPAIGN, atMs: 1 },
    ...{ lane: "g", body: "{}", attempts: 11, deadAtMs: 2, last: said(FIELD.dead) },
  });
  await admin.webhooks.pause({ endpoint, why: said(FIELD.paused) });
  return endpoint;
}

/** The report with that text wherever the server takes any, and it is still of one piece. */
export async function hostileReport(report: ReportObject, text: string): Promise<ReportObject> {
  const whole = structuredClone(report);
  const kind = await reportKind(whole);
  const isWhole = (): Promise<boolean> =>
    reportKind(whole)
      .then(() => documentOf(kind, whole))
      .then(
        () => true,
        () => false,
      );
  const replace = async (places: readonly (readonly Place[])[]): Promise<void> => {
    const flat = places.flat();
    const before = flat.map(({ parent, key }) => parent[key]!);
    for (const { parent, key } of flat) parent[key] = text;
    if (await isWhole()) return;
    for (const [i, { parent, key }] of flat.entries()) parent[key] = before[i]!;
    if (places.length === 1) return;
    const half = places.length >> 1;
    await replace(places.slice(0, half));
    await replace(places.slice(half));
  };
  await replace([...textPlaces(whole).values()]);
  return whole;
}

interface Place {
  readonly parent: Record<string, string>;
  readonly key: string;
}

/** Texts of one kind together: where they stand, without the places in lists. */
function textPlaces(value: unknown, at = "", found = new Map<string, Place[]>()) {
  if (typeof value !== "object" || value === null) return found;
  for (const [key, one] of Object.entries(value)) {
    const path = Array.isArray(value) ? `${at}[]` : `${at}.${key}`;
    // Ids hold a report together: what is found by one must have it.
    if (typeof one === "string" && key !== "id") {
      const place = { parent: value as Record<string, string>, key };
      found.set(path, [...(found.get(path) ?? []), place]);
    } else {
      textPlaces(one, path, found);
    }
  }
  return found;
}
