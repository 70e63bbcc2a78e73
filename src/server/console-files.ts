// The console: a page and its assets, made by the build beside this file's own folder. Assets have
// their content's hash in their name and are kept for good; the page itself is asked for each time.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** From src/ as from dist/, so that tests serve what was built. */
const FOLDER = fileURLToPath(new URL("../../dist/console", import.meta.url));

const PAGE = join(FOLDER, "index.html");

/** Every address of the console, so that whoever is given one finds what he was shown. */
const PAGES = [
  "/",
  "/open",
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

const PAGE_HEADERS = { ...HEADERS, "cache-control": "no-cache" } as const;

/** What programs ask for: there a mistyped address is an error in JSON, whoever asks. */
const OF_PROGRAMS =
  /^\/(v1|docs|assets|metrics|healthz|readyz|checkpoint|openapi\.json|mcp)(?![\w-])/;

const KEPT_MS = 365 * 86_400_000;

/** Without a build, as in a checkout that was never built, visitors find the API's page. */
export function addConsole(app: FastifyInstance): void {
  if (!existsSync(PAGE)) {
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
    const method = ["GET", "HEAD"];
    app.route({ method, url: page, handler: (_request, reply) => sendPage(reply) });
  }
  app.get("/campaigns", (_request, reply) => reply.redirect("/", 302));
}

/**
 * The page, for a person who mistyped an address: it says so, and where to go.
 * @returns whether it was one: programs, and addresses of theirs, get the error
 */
export function sendStrayPage(request: FastifyRequest, reply: FastifyReply): boolean {
  const { method, url, headers } = request;
  const isReader =
    (method === "GET" || method === "HEAD") && /text\/html/.test(headers.accept ?? "");
  if (!isReader || OF_PROGRAMS.test(url) || !existsSync(PAGE)) return false;
  void reply.code(404).header("vary", "accept").headers(PAGE_HEADERS);
  void reply.type("text/html; charset=utf-8").send(readFileSync(PAGE));
  return true;
}

function sendPage(reply: FastifyReply): FastifyReply {
  const whole = { maxAge: 0, immutable: false, cacheControl: false } as const;
  return reply.headers(PAGE_HEADERS).sendFile("index.html", FOLDER, whole);
}
