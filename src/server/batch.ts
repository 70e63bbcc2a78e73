// Batches: one JSON object a line in, one answer a line out, in the same order. A batch is
// transport only: each line is decided on its own, and a bad one is answered by an error alone.
import type { ServerResponse } from "node:http";
import { assertNever } from "../base/assert.ts";
import { HongbaoError } from "../base/error.ts";
import { LIMITS } from "../base/limits.ts";
import {
  contractError,
  errorBody,
  OPERATIONS,
  parse,
  parseClaim,
  parseRedeem,
} from "../contract/index.ts";
import type { MoneyInputs, MoneyOperation } from "../host/writer/money-job.ts";
import { refuseMerchant } from "./access.ts";
import { ANSWER_HEADERS } from "./answer-headers.ts";
import { parseJson } from "./body.ts";
import type { Caller } from "./keys.ts";
import { asHongbaoError, withoutFolders } from "./respond.ts";
import { engineOf, type Service } from "./service.ts";
import { drained, dropAfter } from "./slow-readers.ts";

export interface BatchCall {
  operation: MoneyOperation;
  campaign: string;
  caller: Caller;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Decides the lines of a body and writes the answers as they become durable. */
export async function answerBatch(
  service: Service,
  call: BatchCall,
  lines: readonly Buffer[],
  response: ServerResponse,
): Promise<void> {
  const startedAtMs = performance.now();
  const type = "application/x-ndjson; charset=utf-8";
  response.writeHead(200, { "content-type": type, ...ANSWER_HEADERS });
  dropAfter(response, LIMITS.batchReadMs);
  const underWay: Promise<string>[] = [];
  for (let at = 0; at < lines.length && !response.destroyed; at += LIMITS.batchChunkLines) {
    const chunk = lines.slice(at, at + LIMITS.batchChunkLines);
    underWay.push(decideChunk(service, call, chunk));
    if (underWay.length >= LIMITS.batchChunksInFlight) await write(response, underWay.shift()!);
  }
  for (const answers of underWay) await write(response, answers);
  if (!response.destroyed) service.metrics.observe(`${call.operation}.batch`, startedAtMs);
  response.end();
}

/** The lines of a body, the end of the last one optional. Throws `body_too_large`. */
export function splitLines(body: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let from = 0;
  while (from < body.length) {
    if (lines.length === LIMITS.batchLines) throw tooManyLines();
    const newline = body.indexOf(NEWLINE, from);
    const end = newline < 0 ? body.length : newline;
    const last = end > from && body[end - 1] === RETURN ? end - 1 : end;
    lines.push(body.subarray(from, last));
    from = end + 1;
  }
  return lines;
}

async function decideChunk(
  service: Service,
  call: BatchCall,
  lines: readonly Buffer[],
): Promise<string> {
  const { operation, campaign, caller } = call;
  const inputs: MoneyInputs[MoneyOperation][] = [];
  const answers: (string | null)[] = lines.map((line) => {
    try {
      inputs.push(parseLine(service, call, line));
      return null;
    } catch (error) {
      if (!(error instanceof HongbaoError)) service.log.error({ err: error }, "a defect");
      return errorLine(service, operation, asHongbaoError(error));
    }
  });
  const engine = engineOf(service);
  const { requestTimeoutMs } = service;
  const decided = await engine.batch(
    operation,
    campaign,
    inputs as MoneyInputs[typeof operation][],
    requestTimeoutMs,
    caller.merchant ?? undefined,
  );
  let next = 0;
  let text = "";
  for (const refused of answers) {
    if (refused !== null) {
      text += refused;
      continue;
    }
    const answer = decided[next++]!;
    if (answer instanceof HongbaoError) text += errorLine(service, operation, answer);
    else {
      service.metrics.count(operation, answer.status);
      text += `${JSON.stringify(answer)}\n`;
    }
  }
  return text;
}

function parseLine(
  service: Service,
  { operation, campaign, caller }: BatchCall,
  line: Buffer,
): MoneyInputs[MoneyOperation] {
  if (line.length > LIMITS.bodyBytes) {
    throw contractError("body_too_large", `expected a line of at most ${LIMITS.bodyBytes} bytes`);
  }
  const value = parseJson(line);
  switch (operation) {
    case "claim":
      return parseClaim(value);
    case "redeem": {
      const input = parseRedeem(value);
      const forbidden = refuseMerchant(caller, engineOf(service), campaign, input);
      if (forbidden !== null) throw forbidden;
      return input;
    }
    case "cancel":
    case "reverse":
    case "invite.create":
    case "invite.accept":
      return parse<MoneyInputs[typeof operation]>(value, OPERATIONS[operation].body);
    default:
      return assertNever(operation);
  }
}

function errorLine(service: Service, operation: MoneyOperation, error: HongbaoError): string {
  service.metrics.count(operation, error.code);
  return `${JSON.stringify(errorBody(withoutFolders(error)))}\n`;
}

/** Waits while the caller reads more slowly than answers come. */
async function write(response: ServerResponse, answers: Promise<string>): Promise<void> {
  const text = await answers;
  if (response.destroyed || response.write(text)) return;
  await drained(response);
}

function tooManyLines(): HongbaoError {
  const message = `expected at most ${LIMITS.batchLines} lines`;
  return contractError("body_too_large", message);
}
