// A witness over HTTP, as C2SP tlog-witness has it: POST /add-checkpoint, and its key at /.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { HongbaoError } from "../base/error.ts";
import type { VerifierKey } from "../journal/index.ts";
import { ADD_CHECKPOINT_BYTES_MAX, parseAddCheckpoint } from "./add-checkpoint.ts";
import type { Witness, WitnessAnswer } from "./witness.ts";

export interface WitnessServerOptions {
  witness: Witness;
  key: VerifierKey;
  host: string;
  /** 0: any free port. */
  port: number;
  /** Hears of every decision. */
  onAnswer: (origin: string, answer: WitnessAnswer) => void;
  /** Hears of a failure of its own, such as a full disk. */
  onFailure: (error: Error) => void;
}

export interface WitnessServer {
  readonly url: string;
  close(): Promise<void>;
}

const HTTP: Readonly<Record<WitnessAnswer["kind"], number>> = {
  cosigned: 200,
  bad_request: 400,
  untrusted: 403,
  unknown_log: 404,
  conflict: 409,
  inconsistent: 422,
};
const BODY_MS = 10_000;

/** Listens, and resolves when it does. */
export async function startWitnessServer(options: WitnessServerOptions): Promise<WitnessServer> {
  const server = createServer((request, response) => {
    handle(options, request, response).catch((error: Error) => {
      options.onFailure(error);
      if (!response.headersSent) answer(response, 500, "the witness failed; its log says why\n");
    });
  });
  server.requestTimeout = BODY_MS;
  server.maxConnections = 1000;
  await listen(server, options);
  const { port, address, family } = server.address() as AddressInfo;
  const host = family === "IPv6" ? `[${address}]` : address;
  return {
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, { host, port }: WitnessServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      if (cause.code !== "EADDRINUSE") return reject(cause);
      const message = `another program listens on ${host}:${port}; choose another port`;
      reject(new HongbaoError({ code: "port_in_use", message, cause }));
    });
    server.listen(port, host, () => resolve());
  });
}

async function handle(
  { witness, key, onAnswer }: WitnessServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [place] = (request.url ?? "").split("?", 1);
  if (request.method === "GET" && place === "/") return answer(response, 200, `${key.text}\n`);
  if (place !== "/add-checkpoint") return answer(response, 404, "POST /add-checkpoint\n");
  if (request.method !== "POST") return answer(response, 405, "POST /add-checkpoint\n");
  const body = await bodyOf(request);
  if (body === null) return answer(response, 413, "the request is too large\n");
  const parsed = parseAddCheckpoint(body);
  if (typeof parsed === "string") return answer(response, 400, `${parsed}\n`);
  const decided = await witness.add(parsed);
  onAnswer(parsed.parsed.checkpoint.origin, decided);
  const http = HTTP[decided.kind];
  if (decided.kind === "cosigned") return answer(response, http, decided.line);
  if (decided.kind !== "conflict") return answer(response, http, `${decided.why}\n`);
  answer(response, http, `${decided.size}\n`, "text/x.tlog.size");
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > ADD_CHECKPOINT_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function answer(
  response: ServerResponse,
  http: number,
  text: string,
  type: string = "text/plain; charset=utf-8",
): void {
  response.writeHead(http, { "content-type": type, "content-length": Buffer.byteLength(text) });
  response.end(text);
}
