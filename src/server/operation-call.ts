// A request whose input is valid, on its way to the operation's own handler, and its answer.
import type { FastifyReply, FastifyRequest } from "fastify";
import { type AnswerBase, type Operation, statusHttp } from "../contract/index.ts";
import type { Engine } from "../host/engine.ts";
import { LANE } from "../host/writer/job.ts";
import type { Caller } from "./keys.ts";
import type { Service } from "./service.ts";

export interface OperationCall {
  service: Service;
  operation: Operation;
  /** Null only where an operation is open to everybody. */
  caller: Caller | null;
  params: Record<string, string>;
  query: unknown;
  body: unknown;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** A decided answer, counted. */
export function send<A extends AnswerBase>(call: OperationCall, answer: A): void {
  sendText(call, answer, JSON.stringify(answer));
}

/** The same where the answer's last members are text already: a JSON object that is not empty. */
export function sendWith<A extends AnswerBase>(
  call: OperationCall,
  answer: A,
  members: Uint8Array,
): void {
  const begin = Buffer.from(`${JSON.stringify(answer).slice(0, -1)},`);
  sendText(call, answer, Buffer.concat([begin, members.subarray(1)]));
}

function sendText(call: OperationCall, answer: AnswerBase, text: string | Buffer): void {
  const { service, operation, reply } = call;
  service.metrics.count(operation.name, answer.status);
  if (service.gate.isClosed) void reply.header("connection", "close");
  void reply
    .code(statusHttp(answer.status))
    .header("content-type", "application/json; charset=utf-8")
    .send(text);
}

/** What every answer carries, for operations that the engine does not know. */
export function stamp(engine: Engine): Promise<AnswerBase> {
  return engine.single(
    LANE.read,
    (atMs): AnswerBase => ({ status: "ok", replayed: false, atMs, sequence: 0, durable: true }),
    () => "stamp",
  );
}
