// Requests for the fuzzer: good ones for every operation, and what is done to them. Everything
// follows from the seed.
import type { RandomStream } from "../../src/base/keystream.ts";
import { OPERATION_LIST } from "../../src/contract/index.ts";
import { mutateBytes, mutateValue, pick } from "./fuzz-mutations.ts";

export const CAMPAIGN = "fuzz";
/** Paused, ended and closed at will. */
export const SPARE = "spare";

/** A request before it is bytes. */
export interface Wire {
  method: string;
  target: string;
  headers: [string, string][];
  body: Buffer | null;
  /** How its length is told: rightly, in chunks, too long, too short, or not at all. */
  framing: "length" | "chunked" | "long" | "short" | "none";
  /** Whether it is exactly as the contract wants it. */
  intact: boolean;
  /** Whether the server may see its end elsewhere than we do. */
  fragile: boolean;
}

/** What the fuzzer has learnt so far. */
export interface Known {
  keys: Record<string, string>;
  grants: string[];
  redemptions: string[];
  yaml: string;
}

let minted = 0;

export function nextRequest(random: RandomStream, known: Known): Wire {
  const wire = random.nextInt(4) === 0 ? batchRequest(random, known) : oneRequest(random, known);
  const changes = pick(random, [0, 1, 1, 1, 2, 3]);
  for (let i = 0; i < changes; i++) mutate(random, known, wire);
  return wire;
}

/** The bytes, and whether the connection must be given up after them. */
export function toBytes(wire: Wire): { bytes: Buffer; half: boolean } {
  const { method, target, headers, body, framing } = wire;
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  const length = body?.length ?? 0;
  const payload = body ?? Buffer.alloc(0);
  const head = (more: string): Buffer =>
    Buffer.from(`${[...lines, more].join("\r\n")}\r\n\r\n`, "latin1");
  switch (framing) {
    case "length":
      return body === null
        ? { bytes: head("x-end: 1"), half: false }
        : { bytes: Buffer.concat([head(`content-length: ${length}`), payload]), half: false };
    case "chunked": {
      const size = Buffer.from(`${length.toString(16)}\r\n`);
      const parts = length === 0 ? [] : [size, payload, Buffer.from("\r\n")];
      const whole = [head("transfer-encoding: chunked"), ...parts, Buffer.from("0\r\n\r\n")];
      return { bytes: Buffer.concat(whole), half: false };
    }
    case "long":
      return { bytes: Buffer.concat([head(`content-length: ${length + 7}`), payload]), half: true };
    case "short":
      return {
        bytes: Buffer.concat([head(`content-length: ${length >> 1}`), payload]),
        half: true,
      };
    case "none":
      return { bytes: Buffer.concat([head("x-end: 1"), payload]), half: true };
  }
}

const SINGLES = OPERATION_LIST.flatMap(({ name }) => {
  const often = name === "claim" || name === "redeem" ? 8 : 1;
  return Array.from({ length: often }, () => name);
});

function oneRequest(random: RandomStream, known: Known): Wire {
  const name = pick(random, SINGLES);
  const operation = OPERATION_LIST.find((one) => one.name === name)!;
  const scope = operation.scopes[0] ?? "app";
  const body = bodyOf(random, known, name);
  return {
    method: operation.method,
    target: targetOf(random, known, operation.path, name.startsWith("campaign.")) + queryOf(name),
    headers: headersOf(known.keys[scope]!, body === null ? null : "application/json"),
    body: body === null ? null : Buffer.from(JSON.stringify(body)),
    framing: "length",
    intact: true,
    fragile: false,
  };
}

function batchRequest(random: RandomStream, known: Known): Wire {
  const name = pick(random, ["claim", "claim", "redeem", "cancel", "reverse"] as const);
  const operation = OPERATION_LIST.find((one) => one.name === name)!;
  const lines = Array.from({ length: 1 + random.nextInt(6) }, () => {
    const line = bodyOf(random, known, name);
    if (random.nextInt(3) > 0) return JSON.stringify(line);
    return JSON.stringify(mutateValue(random, line)) ?? "";
  });
  const scope = name === "reverse" ? "admin" : "app";
  return {
    method: "POST",
    target: targetOf(random, known, operation.batchPath!, false),
    headers: headersOf(known.keys[scope]!, "application/x-ndjson"),
    body: Buffer.from(lines.join("\n")),
    framing: "length",
    intact: true,
    fragile: false,
  };
}

function headersOf(key: string, type: string | null): [string, string][] {
  const headers: [string, string][] = [
    ["host", "127.0.0.1"],
    ["authorization", `Bearer ${key}`],
  ];
  if (type !== null) headers.push(["content-type", type]);
  return headers;
}

function targetOf(random: RandomStream, known: Known, path: string, spare: boolean): string {
  return path
    .replace("{campaign}", spare ? SPARE : CAMPAIGN)
    .replace("{user}", `user-${random.nextInt(50)}`)
    .replace("{grant}", known.grants.length === 0 ? "none" : pick(random, known.grants))
    .replace("{audience}", "club")
    .replace("{key}", "k-nobody")
    .replace(/\{[a-z]+\}/g, "none");
}

/** What a request cannot be without. */
function queryOf(name: string): string {
  return name === "checkpoint.consistency" ? "?old=0" : "";
}

function bodyOf(random: RandomStream, known: Known, name: string): unknown {
  minted += 1;
  const id = random.nextInt(8) === 0 ? `id-${random.nextInt(minted)}` : `id-${minted}`;
  const grant = known.grants.length === 0 ? "none" : pick(random, known.grants);
  const redemption = known.redemptions.length === 0 ? "none" : pick(random, known.redemptions);
  switch (name) {
    case "claim": {
      const attributes = { device: `device-${random.nextInt(500)}` };
      const offer = pick(random, ["card", "envelope"]);
      const notAfterMs = 4_000_000_000_000;
      return { id, user: `user-${random.nextInt(500)}`, offer, attributes, notAfterMs, ref: "r" };
    }
    case "redeem":
      return { id, grant, amountMinor: 1 + random.nextInt(30), attributes: { merchant: "m-1" } };
    case "cancel":
      return { id, grant };
    case "reverse":
      return { id, redemption };
    case "audience.assign":
      return { users: [`user-${random.nextInt(500)}`, `user-${random.nextInt(500)}`] };
    case "campaign.check":
    case "campaign.open":
      return { yaml: random.nextInt(2) === 0 ? known.yaml : cut(random, known.yaml) };
    case "keys.add":
      return { name: "fuzz", scope: "viewer" };
    case "campaign.pause":
    case "campaign.resume":
    case "campaign.end":
    case "campaign.close":
      return {};
    default: {
      const { body, example } = OPERATION_LIST.find((one) => one.name === name)!;
      return body === null ? null : example.body;
    }
  }
}

function cut(random: RandomStream, text: string): string {
  const from = random.nextInt(text.length);
  const to = from + random.nextInt(20);
  const hostile = [
    "",
    "&a [*a, *a]",
    "!!js/function x",
    "\t",
    "🧧",
    "-1e999",
    "[[[[",
    "<<: *x",
    "\0",
  ];
  return text.slice(0, from) + pick(random, hostile) + text.slice(to);
}

function mutate(random: RandomStream, known: Known, wire: Wire): void {
  wire.intact = false;
  switch (random.nextInt(8)) {
    case 0:
      wire.fragile = true;
      wire.method = pick(random, METHODS);
      return;
    case 1:
      wire.target = mutateTarget(random, wire.target);
      return;
    case 2:
      wire.fragile = true;
      return mutateHeaders(random, known, wire);
    case 3:
      wire.fragile = true;
      wire.framing = pick(random, ["chunked", "chunked", "long", "short", "none"] as const);
      return;
    case 4:
      wire.body = mutateBytes(random, wire.body ?? Buffer.from("{}"));
      return;
    default:
      wire.body = mutateJson(random, wire.body);
  }
}

const METHODS = [
  "GET",
  "PUT",
  "PATCH",
  "DELETE",
  "HEAD",
  "OPTIONS",
  "TRACE",
  "POST",
  "get",
  "BREW",
];

/** Each line is JSON; one of them is changed as a value. */
function mutateJson(random: RandomStream, body: Buffer | null): Buffer {
  const lines = (body ?? Buffer.from("{}")).toString().split("\n");
  const at = random.nextInt(lines.length);
  try {
    lines[at] = JSON.stringify(mutateValue(random, JSON.parse(lines[at]!))) ?? "";
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    lines[at] = '{"__proto__": {"id": "x"}, "id": 1e999, "id": "twice"}';
  }
  return Buffer.from(lines.join("\n"));
}

function mutateTarget(random: RandomStream, target: string): string {
  const parts = target.split("/");
  const at = 1 + random.nextInt(Math.max(1, parts.length - 1));
  switch (random.nextInt(4)) {
    case 0:
      parts[at] = pick(random, PARTS);
      return parts.join("/");
    case 1:
      return target + pick(random, TAILS);
    case 2:
      return pick(random, [
        "*",
        "/",
        "//",
        "http://127.0.0.1/v1/campaigns",
        "/v1",
        "/V1/campaigns",
        "/%2e%2e/",
      ]);
    default:
      parts.splice(at, random.nextInt(2), pick(random, PARTS));
      return parts.join("/");
  }
}

const PARTS = [
  "",
  "%",
  "%ff",
  "%00",
  "%2e%2e",
  "..",
  "%ed%a0%80",
  "%F0%9F%A7%A7",
  "a".repeat(129),
  "a".repeat(400),
  "%61".repeat(128),
  "a%2fb",
  "__proto__",
  "constructor",
  ":campaign",
  "*",
  "0000000000000000000z",
];

const TAILS = [
  "/",
  "?",
  "?x=1",
  "?variant=a&variant=b",
  "?after=%ff",
  "?after=nobody",
  "?__proto__=1",
  "?from=-1",
  "?from=1.5.5",
  "?from=999999999999999",
  "?campaign=nope",
  `?x=${"y".repeat(2000)}`,
  "#part",
  ";a=b",
];

function mutateHeaders(random: RandomStream, known: Known, wire: Wire): void {
  const drop = (name: string): void => {
    wire.headers = wire.headers.filter(([given]) => given !== name);
  };
  switch (random.nextInt(5)) {
    case 0:
      drop("authorization");
      wire.headers.push([
        "authorization",
        pick(random, [
          ...Object.values(known.keys).map((k) => `Bearer ${k}`),
          "Bearer",
          "Basic eDp5",
          "Bearer hb_k-x_y",
          `Bearer ${"x".repeat(300)}`,
          "Bearer hb__",
        ]),
      ]);
      return;
    case 1:
      drop("content-type");
      wire.headers.push(["content-type", pick(random, TYPES)]);
      return;
    case 2:
      drop(pick(random, ["host", "authorization", "content-type"]));
      return;
    case 3:
      wire.headers.push([`x-${random.nextInt(100)}`, "z".repeat(pick(random, [10, 1000, 20_000]))]);
      return;
    default:
      wire.headers.push(pick(random, ODD_HEADERS));
  }
}

const TYPES = [
  "text/plain",
  "application/xml",
  "application/json; charset=utf-16",
  "application/JSON",
  "application/x-ndjson",
  "multipart/form-data; boundary=x",
  "application/x-www-form-urlencoded",
  ";",
  "",
  "application/json, text/plain",
];

const ODD_HEADERS: [string, string][] = [
  ["content-encoding", "gzip"],
  ["expect", "100-continue"],
  ["expect", "the-moon"],
  ["upgrade", "websocket"],
  ["last-event-id", "x"],
  ["last-event-id", "1.0"],
  ["content-length", "5"],
  ["transfer-encoding", "gzip"],
  ["authorization", "Bearer twice"],
  ["accept", "image/png"],
  ["x\u0000y", "1"],
  ["cookie", "a=b; __proto__=c"],
];
