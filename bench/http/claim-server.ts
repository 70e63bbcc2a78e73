// What the peers over HTTP have in common: a bare node:http server that reads a claim, parses and
// validates it exactly as ours does, and answers JSON. As quick as plain Node can be made.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { HongbaoError } from "../../src/base/error.ts";
import { parseClaim } from "../../src/contract/parse-fast.ts";
import type { ClaimInput } from "../../src/contract/schema/claim.ts";

const MAX_BODY_BYTES = 65_536;

/** Answers a claim by calling `reply` once with JSON. */
export type Decide = (claim: ClaimInput, reply: (json: string) => void) => void;

/** Listens on a free port, and prints it for the bench that started this process. */
export function serveClaims(decide: Decide): void {
  const server = createServer((request, response) => {
    readBody(request, (body) => {
      const claim = body === null ? null : validClaim(body);
      if (claim === null) respond(response, 400, '{"code":"invalid_request"}');
      else decide(claim, (json) => respond(response, 200, json));
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port given");
    console.log(JSON.stringify({ port: address.port }));
  });
}

function readBody(request: IncomingMessage, done: (body: string | null) => void): void {
  let whole: Buffer | null = null;
  let length = 0;
  request.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return;
    // A claim comes in one chunk; only a torn one is put together.
    whole = whole === null ? chunk : Buffer.concat([whole, chunk]);
  });
  request.on("end", () => {
    if (length > MAX_BODY_BYTES) done(null);
    else done(whole === null ? "" : whole.toString("utf8"));
  });
}

function validClaim(body: string): ClaimInput | null {
  try {
    return parseClaim(JSON.parse(body));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof HongbaoError) return null;
    throw error;
  }
}

function respond(response: ServerResponse, code: number, json: string): void {
  const length = Buffer.byteLength(json);
  response.writeHead(code, { "content-type": "application/json", "content-length": length });
  response.end(json);
}
