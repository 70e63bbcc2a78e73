// Pages of others in a browser that is signed in here: they may neither change anything, nor read
// anything, nor show the console in a frame. One of them shares the host, so that the cookie comes
// along; the other is another site.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CAMPAIGN } from "../contract/campaign.ts";
import {
  CHROMIUM,
  type ConsoleDrill,
  HOSTILE,
  NO_CHROMIUM,
  openConsole,
} from "./console.fixture.ts";

const PAUSE = `/v1/campaigns/${CAMPAIGN}/pause`;
const READ = [`/v1/campaigns/${CAMPAIGN}`, "/v1/keys", "/v1/session", "/v1/reports"];

/** What the browser shows in place of what may not be framed. */
const REFUSED = "chrome-error://chromewebdata/";

/** Ways in which a page sends what it may not; each resolves once an answer, or none, has come. */
const WAYS: Readonly<Record<string, (url: string) => Promise<unknown>>> = {
  "a form": (url) => sendForm(url, "application/x-www-form-urlencoded"),
  "a form of parts": (url) => sendForm(url, "multipart/form-data"),
  "a form of text": (url) => sendForm(url, "text/plain"),
  "a fetch without an answer": (url) =>
    fetch(url, { method: "POST", mode: "no-cors", credentials: "include", body: "{}" }),
  "a fetch of JSON": (url) =>
    fetch(url, {
      ...{ method: "POST", credentials: "include", body: "{}" },
      headers: { "content-type": "application/json" },
    }).catch(() => null),
  "a beacon": async (url) => navigator.sendBeacon(url, new Blob(["{}"], { type: "text/plain" })),
  "an image": (url) =>
    new Promise((resolve) => {
      const image = new Image();
      image.onload = image.onerror = resolve;
      image.src = url;
    }),
};

/** In the page of somebody else. A field of a form of text makes a JSON body. */
function sendForm(url: string, enctype: string): Promise<unknown> {
  const frame = document.createElement("iframe");
  frame.name = `answer-${Math.random()}`;
  const form = document.createElement("form");
  Object.assign(form, { action: url, method: "POST", enctype, target: frame.name });
  const field = document.createElement("input");
  Object.assign(field, { name: '{"why":"', value: '"}' });
  form.append(field);
  document.body.append(frame, form);
  return new Promise((resolve) => {
    frame.onload = resolve;
    form.submit();
  });
}

describe.runIf(CHROMIUM !== undefined)("a page of somebody else", () => {
  let it: ConsoleDrill;
  let own: Page;
  let other: Server;
  let port: number;

  beforeAll(async () => {
    it = await openConsole();
    other = createServer((_request, response) => {
      response.setHeader("content-type", "text/html");
      response.end("<!doctype html><title>another</title><body></body>");
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    port = (other.address() as AddressInfo).port;
    own = await it.signedIn("admin");
    await own.evaluate("globalThis.mine = true");
  });

  afterAll(async () => {
    await it.close();
    await new Promise((resolve) => other.close(resolve));
  });

  /** In the same browser, with all of its cookies. */
  async function foreignPage(host: string): Promise<Page> {
    const page = await own.context().newPage();
    await page.goto(`http://${host}:${port}/`);
    await page.evaluate(`globalThis.sendForm = ${sendForm}`);
    return page;
  }

  const state = () => [it.engine.journal.lastSequence, it.keys.list().length] as const;

  describe.each(["127.0.0.1", "localhost"])("at %s", (host) => {
    test.each(Object.keys(WAYS))("changes nothing by %s", async (way) => {
      const page = await foreignPage(host);
      const before = state();
      const asked = page.waitForRequest((request) => request.url().startsWith(it.server.url));
      const run = page.evaluate(`(${WAYS[way]})(${JSON.stringify(it.server.url + PAUSE)})`);
      const request = await asked;
      await run;
      // The cookie came along where the host is the same: it was not its absence that saved us.
      const { cookie } = await request.allHeaders();
      if (way.includes("form")) expect(cookie !== undefined).toBe(host === "127.0.0.1");
      const response = await request.response().catch(() => null);
      if (response !== null) expect(response.status()).toBeGreaterThanOrEqual(400);
      expect(state()).toEqual(before);
      expect(it.engine.find(CAMPAIGN)!.state.phase).toBe("open");
      await page.close();
    });

    test("signs nobody in, or out", async () => {
      const page = await foreignPage(host);
      const { secret } = await it.keys.add({ name: HOSTILE, scope: "viewer" }, 1);
      const target = JSON.stringify(`${it.server.url}/v1/session`);
      const body = JSON.stringify(JSON.stringify({ key: secret }));
      const post = `{ method: "POST", mode: "no-cors", credentials: "include", body: ${body} }`;
      await page.evaluate(`fetch(${target}, ${post})`);
      const out = `fetch(${target}, { method: "DELETE", credentials: "include" })`;
      await page.evaluate(`${out}.catch(() => null)`);
      const name = "fetch('/v1/session').then((answer) => answer.json()).then((a) => a.key.name)";
      expect(await own.evaluate(name)).toBe("the admin");
      await page.close();
    });

    test("reads nothing, by any way", async () => {
      const page = await foreignPage(host);
      const read = await page.evaluate(
        async ({ base, paths }) => {
          const got: unknown[] = [];
          for (const path of paths) {
            for (const mode of ["cors", "no-cors"] as const) {
              const answer = await fetch(base + path, { mode, credentials: "include" }).catch(
                () => null,
              );
              const text = answer === null ? "" : await answer.text();
              if (text !== "") got.push([path, mode, text]);
            }
            const script = document.createElement("script");
            script.src = base + path;
            const ran = await new Promise((resolve) => {
              script.onload = () => resolve(true);
              script.onerror = () => resolve(false);
              document.body.append(script);
            });
            if (ran === true) got.push([path, "script"]);
          }
          return got;
        },
        { base: it.server.url, paths: READ },
      );
      expect(read).toEqual([]);
      await page.close();
    });

    test("hears no stream", async () => {
      const page = await foreignPage(host);
      const heard = await page.evaluate(async (base) => {
        const outcome = (target: EventTarget): Promise<string> =>
          new Promise((resolve) => {
            for (const name of ["open", "message", "error", "close"]) {
              target.addEventListener(name, () => resolve(name), { once: true });
            }
          });
        const streams = ["/v1/events", "/v1/campaigns/suite/live"].map(
          (path) => new EventSource(base + path, { withCredentials: true }),
        );
        const socket = new WebSocket(`${base.replace("http", "ws")}/v1/events`);
        return Promise.all([...streams, socket].map(outcome));
      }, it.server.url);
      expect(heard).toEqual(["error", "error", "error"]);
      await page.close();
    });

    test("frames nothing, and holds on to no window", async () => {
      const page = await foreignPage(host);
      for (const tag of ["iframe", "embed", "object"]) {
        for (const path of ["/", `/campaigns/${CAMPAIGN}`, "/docs"]) {
          const answered = page.waitForResponse((one) => one.url() === it.server.url + path);
          await page.evaluate(
            ([tag, url]) => {
              const frame = document.createElement(tag!);
              frame.setAttribute(tag === "object" ? "data" : "src", url!);
              document.body.replaceChildren(frame);
            },
            [tag, it.server.url + path],
          );
          await answered;
          const inside = () =>
            page
              .mainFrame()
              .childFrames()
              .map((frame) => frame.evaluate("location.href"));
          const others = async () => (await Promise.all(inside())).filter((at) => at !== REFUSED);
          await expect.poll(others).toEqual([]);
        }
      }
      const opened = page.waitForEvent("popup");
      await page.evaluate(`globalThis.opened = open(${JSON.stringify(it.server.url)})`);
      const popup = await opened;
      await popup.getByRole("navigation").waitFor();
      expect(await page.evaluate("opened.closed")).toBe(true);
      expect(await popup.evaluate("opener")).toBeNull();
      await popup.close();
      await page.close();
    });
  });

  test("(control) what they ask for is what this server's own page may do", async () => {
    const before = state();
    const headers = { "content-type": "application/json" };
    const request = JSON.stringify({ method: "POST", headers, body: "{}" });
    const asked = `fetch("${PAUSE}", ${request}).then(({ status }) => status)`;
    expect(await own.evaluate(asked)).toBe(200);
    expect(state()).not.toEqual(before);
  });
});

if (CHROMIUM === undefined) test("foreign pages", ({ skip }) => skip(NO_CHROMIUM));
