// Every text that comes from outside, on every page that shows it: markup that would run, words
// without an end, and signs that turn writing round are all shown as what they are.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { ReportKind } from "../../src/contract/index.ts";
import { printable } from "../../src/report/printable.ts";
import { CAMPAIGN } from "../contract/campaign.ts";
import { type ReportObject, reportObject } from "../report-objects.fixture.ts";
import { CHROMIUM, complaintsOf, HOSTILE, NO_CHROMIUM, signIn } from "./console.fixture.ts";
import {
  AGREED,
  FIELD,
  type HostileConsole,
  hostileReport,
  openHostile,
} from "./hostile.fixture.ts";

const EXAMPLE = resolve(import.meta.dirname, "../../examples/qwen-2026");
const PLACE = `/campaigns/${CAMPAIGN}`;
const NARROW = 380;
const SEEN_MS = 10_000;
/** A report with many charts draws each anew for another width. */
const DRAWN_MS = 20_000;

/** Signs that turn writing, take no room, are blank, or move a cursor; JSON escapes the last. */
const BLIND = "safe\u202eexe.\u2067gpj\u200b\u3164\u0001\b\u001b[2J";

const TEXTS = [
  { kind: "markup", text: HOSTILE, short: "<img src=x onerror=alert(1)>" },
  { kind: "a word without an end", text: "w".repeat(200), short: "w".repeat(32) },
  { kind: "signs that turn writing", text: BLIND, short: "a\u202eb" },
];

interface Row {
  readonly at: string;
  /** Fields whose text is to be seen there. */
  readonly fields: readonly number[];
  /** What has to be done first. */
  readonly first?: (page: Page) => Promise<void>;
}

/** Of an example each, made once for all texts. */
const REPORTS = new Map<ReportKind, Promise<ReportObject>>();

function plainReport(kind: ReportKind): Promise<ReportObject> {
  const made = REPORTS.get(kind) ?? reportObject(kind);
  REPORTS.set(kind, made);
  return made;
}

const all = (it: HostileConsole): readonly Row[] => [
  { at: "/", fields: [FIELD.title, FIELD.key] },
  { at: PLACE, fields: [FIELD.title] },
  { at: `/campaigns/${AGREED}`, fields: [FIELD.title, FIELD.propose] },
  {
    at: `${PLACE}/live`,
    fields: [FIELD.title, FIELD.block],
    // Only what happens while it is looked at is told there.
    first: async (page) => {
      await page.getByText("Nothing has happened since this page was opened").waitFor();
      await it.block();
    },
  },
  {
    at: `${PLACE}/grants`,
    fields: [FIELD.title, FIELD.user],
    first: async (page) => {
      await page.getByLabel("User id").fill(it.said(FIELD.user));
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: /^Grants of/ }).waitFor();
    },
  },
  {
    at: `${PLACE}/grants/${it.taken}`,
    fields: [
      ...[FIELD.title, FIELD.hold, FIELD.release, FIELD.extend, FIELD.clawback, FIELD.repay],
      ...[FIELD.evidence, FIELD.key],
    ],
  },
  { at: `${PLACE}/grants/${it.over}`, fields: [FIELD.cover, FIELD.uncover, FIELD.evidence] },
  {
    at: `${PLACE}/suspects?attribute=device&above=0`,
    fields: [FIELD.title],
    first: async (page) => {
      await page.getByLabel("Merchant").fill(it.said(FIELD.merchant));
      await page.getByRole("button", { name: "Find" }).click();
      await page.getByText(/^No grant has all of this|users? ha(s|ve)/).waitFor();
    },
  },
  { at: `${PLACE}/revise`, fields: [FIELD.title, FIELD.revise, FIELD.key] },
  { at: `/campaigns/${AGREED}/revise`, fields: [FIELD.propose, FIELD.key] },
  {
    at: `${PLACE}/versions?show=all`,
    fields: [FIELD.title, FIELD.revise, FIELD.compensate, FIELD.key],
  },
  { at: `/campaigns/${AGREED}/versions`, fields: [FIELD.propose, FIELD.reject] },
  { at: `${PLACE}/audit?tab=luck`, fields: [FIELD.title] },
  { at: `${PLACE}/audit?tab=draws`, fields: [FIELD.draw, FIELD.prize] },
  {
    at: "/open",
    fields: [FIELD.line],
    first: async (page) => {
      const yaml = it.yaml.replace(`campaign: ${CAMPAIGN}`, "campaign: typed");
      await page.getByLabel("Text of the campaign file").fill(yaml);
      await page.getByRole("heading", { name: "What it will do" }).waitFor();
    },
  },
  { at: "/settings/keys", fields: [FIELD.key, FIELD.merchant] },
  { at: "/settings/webhooks", fields: [FIELD.paused] },
  { at: `/settings/webhooks?dead=${it.endpoint}`, fields: [FIELD.dead] },
];

describe.runIf(CHROMIUM !== undefined).each(TEXTS)("$kind from outside", ({ text, short }) => {
  let it: HostileConsole;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    it = await openHostile(text, short);
    page = await it.newPage();
    complaints = complaintsOf(page);
    await signIn(page, it.server.url, it.secret);
  }, 60_000);

  afterAll(async () => {
    await it.close();
  });

  /** What is wrong with the page as it stands: what ran, what was made of a text, what is wide. */
  async function wrongHere(): Promise<string[]> {
    const wrong = complaints.splice(0).filter((one) => !/status of (4|503)/.test(one));
    const made = await page.locator("#root :is(b, script, img[src='x'])").count();
    if (made > 0) wrong.push(`${made} elements were made of a text`);
    await page.setViewportSize({ width: NARROW, height: 800 });
    const wide = async (): Promise<number> =>
      Number(await page.evaluate("document.documentElement.scrollWidth"));
    // Charts are drawn anew for another width.
    await expect
      .poll(wide, { timeout: DRAWN_MS })
      .toBeLessThanOrEqual(NARROW)
      .catch(() => null);
    if ((await wide()) > NARROW) wrong.push(`${await wide()} pixels wide: ${await widest()}`);
    await page.setViewportSize({ width: 1280, height: 800 });
    return wrong.map((one) => `${page.url()}: ${one}`);
  }

  /** Where it has to be mended: the innermost element without which the page is narrow enough. */
  async function widest(): Promise<string> {
    return page.evaluate((most) => {
      const isFine = (one: HTMLElement): boolean => {
        const { display } = one.style;
        one.style.display = "none";
        const fine = document.documentElement.scrollWidth <= most;
        one.style.display = display;
        return fine;
      };
      let at = document.body;
      for (;;) {
        const next = ([...at.children] as HTMLElement[]).find(isFine);
        if (next === undefined) return at.outerHTML.slice(0, 300);
        at = next;
      }
    }, NARROW);
  }

  async function see(shown: string): Promise<void> {
    await page.getByText(shown).filter({ visible: true }).first().waitFor({ timeout: SEEN_MS });
  }

  test("is shown as it is wherever a ledger holds it", async () => {
    const wrong: string[] = [];
    for (const { at, fields, first } of all(it)) {
      await page.goto(`${it.server.url}${at}`);
      await first?.(page);
      for (const field of fields) {
        const shown = printable(it.said(field, field === FIELD.evidence ? 32 : 128));
        await see(shown).catch(() => wrong.push(`${at}: field ${field} is not seen`));
      }
      wrong.push(...(await wrongHere()));
    }
    expect(wrong).toEqual([]);
  }, 240_000);

  test.each(["verdict", "plan-study", "valuation", "judgement", "back-test"] as const)(
    "is shown as it is wherever a %s holds it",
    async (kind) => {
      const report = await hostileReport(await plainReport(kind), text);
      const { report: id } = (await it.admin.report.add({ report, campaign: CAMPAIGN })).report!;
      const wrong: string[] = [];
      const places = [`/reports/${id}`, "/reports", `/reports/compare?of=${id},${id}x`];
      if (kind === "verdict") places.push(`${PLACE}/verdict`);
      for (const at of places) {
        await page.goto(`${it.server.url}${at}`);
        if (at.includes("compare")) await page.getByRole("alert").waitFor();
        else await see(printable(text));
        for (const width of [1280, NARROW]) {
          await page.setViewportSize({ width, height: 800 });
          for (const chart of await page.locator("main canvas").all()) await chart.hover();
        }
        wrong.push(...(await wrongHere()));
      }
      expect(wrong).toEqual([]);
    },
    120_000,
  );

  test("is shown as it is in files that plan and value", async () => {
    const plan = parse(readFileSync(`${EXAMPLE}/plan.yaml`, "utf8"));
    const value = parse(readFileSync(`${EXAMPLE}/value.yaml`, "utf8"));
    plan.title = text.slice(0, 120);
    value.title = text.slice(0, 120);
    const file = (name: string, content: string) => {
      return { name, mimeType: "text/yaml", buffer: Buffer.from(content) };
    };
    const campaign = file("announced.yaml", readFileSync(`${EXAMPLE}/announced.yaml`, "utf8"));
    const planned = file("plan.yaml", stringify(plan));
    const wrong: string[] = [];
    for (const [at, files] of [
      ["/plan", [planned, campaign]],
      ["/value", [file("value.yaml", stringify(value)), planned, campaign]],
      ["/plan", [file(`${short}.yaml`, text), file(`2${short}.yaml`, text)]],
    ] as const) {
      await page.goto(`${it.server.url}${at}`);
      await page.locator("input[type=file]").setInputFiles([...files]);
      if (files[0]!.name.startsWith(short)) await page.getByRole("alert").waitFor();
      else await page.getByText(/^1,000 campaigns drawn/).waitFor();
      wrong.push(...(await wrongHere()));
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  test("is shown as it is in a journal and a receipt that are checked here", async () => {
    const headers = { authorization: `Bearer ${it.secret}` };
    const journal = await fetch(`${it.server.url}/v1/journal.tar`, { headers });
    const buffer = Buffer.from(await journal.arrayBuffer());
    const receipt = JSON.stringify(await it.ledger.receiptOf(it.follower, it.taken));
    const wrong: string[] = [];
    await page.goto(`${it.server.url}${PLACE}/audit?tab=journal`);
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose files" }).click();
    await (await chooser).setFiles([{ name: `${short}.tar`, mimeType: "a/b", buffer }]);
    await page.getByText("Sound", { exact: true }).waitFor();
    await see(printable(it.said(FIELD.title)));
    wrong.push(...(await wrongHere()));
    await page.goto(`${it.server.url}${PLACE}/audit?tab=receipt`);
    const forged = receipt.replaceAll(`"${CAMPAIGN}"`, JSON.stringify(text));
    for (const [given, said] of [
      [receipt, CAMPAIGN],
      [forged, printable(text)],
    ] as const) {
      await page.getByLabel("The receipt’s text").fill(given);
      await page.getByRole("button", { name: "Check", exact: true }).click();
      await page.getByText(`The campaign is ${said}`).waitFor();
      wrong.push(...(await wrongHere()));
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  test.runIf(text === HOSTILE)(
    "does nothing in an address",
    async () => {
      const odd = encodeURIComponent(text);
      const wrong: string[] = [];
      for (const at of [
        ...["", "/live", "/grants", "/suspects", "/revise", "/versions", "/audit", "/verdict"].map(
          (path) => `/campaigns/${odd}${path}`,
        ),
        ...[`${PLACE}/grants/${odd}`, `${PLACE}/audit?tab=${odd}`, `${PLACE}/versions?show=${odd}`],
        `${PLACE}/suspects?attribute=${odd}&above=${odd}&state=${odd}&offer=${odd}&merchant=${odd}`,
        ...[`/reports/${odd}`, `/reports/compare?of=${odd},${odd}1`, `/reports?kind=${odd}`],
        ...[`/plan?from=${odd}&set=${odd}&kept=${odd}`, `/value?from=${odd}&set=${odd}`],
        ...[`/settings/${odd}`, `/settings/webhooks?dead=${odd}`, `/${odd}`],
        ...[`/?campaigns.sort=${odd}&campaigns.seek=${odd}`, `/#${odd}`, `/#code=${odd}`],
        ...["/campaigns/javascript:alert(1)", "//evil.example/%2e%2e", "/campaigns/%ff%fe"],
      ]) {
        const response = await page.goto(`${it.server.url}${at}`);
        const type = response?.headers()["content-type"] ?? "";
        if (type.includes("html")) await page.locator("h1, main [role=alert]").first().waitFor();
        wrong.push(...(await wrongHere()));
        expect(new URL(page.url()).origin).toBe(it.server.url);
      }
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});

if (CHROMIUM === undefined) test("hostile texts in a browser", ({ skip }) => skip(NO_CHROMIUM));
