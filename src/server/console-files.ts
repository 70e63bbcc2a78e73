// The console: a page and its assets, made by the build beside this file's own folder. Assets have
// their content's hash in their name and are kept for good; the page itself is asked for each time.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** From src/ as from dist/, so that tests serve what was built. */
const FOLDER = fileURLToPath(new URL("../../dist/console", import.meta.url));

/** Every address of the console, so that whoever is given one finds what he was shown. */
const PAGES = [
  "/",
  "/campaigns/*",
  "/reports",
  "/reports/*",
  "/plan",
  "/value",
  "/settings",
  "/settings/*",
];

/**
 * Only what came from here runs. Components set inline styles, which can show but not do; nobody
 * may frame the console, send its forms elsewhere or change what its addresses mean.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

const HEADERS = {
  "content-security-policy": POLICY,
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
} as const;

const KEPT_MS = 365 * 86_400_000;

/** Without a build, as in a checkout that was never built, visitors find the API's page. */
export function addConsole(app: FastifyInstance): void {
  if (!existsSync(join(FOLDER, "index.html"))) {
    app.get("/", (_request, reply) => reply.redirect("/docs", 302));
    return;
  }
  void app.register(fastifyStatic, {
    root: join(FOLDER, "assets"),
    prefix: "/assets/",
    wildcard: false,
    immutable: true,
    maxAge: KEPT_MS,
    setHeaders: (response) => {
      for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    },
  });
  for (const page of PAGES) {
    app.get(page, (_request, reply) => {
      const whole = { maxAge: 0, immutable: false, cacheControl: false } as const;
      void reply.headers({ ...HEADERS, "cache-control": "no-cache" });
      return reply.sendFile("index.html", FOLDER, whole);
    });
  }
}
