// The log's thread: a LogService behind messages.
import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { assert } from "../base/assert.ts";
import { HongbaoError } from "../base/error.ts";
import { answerLog } from "./answer-log.ts";
import type { FromLogThread, LogThreadData, ToLogThread } from "./log-messages.ts";
import { LogService } from "./log-service.ts";

assert(parentPort !== null, "a thread of its own");
stepBehind();
const port = parentPort;
const { place, intervalMs, witnesses, durable } = workerData as LogThreadData;
const say = (message: FromLogThread): void => port.postMessage(message);
const onNotice = (text: string): void => say({ kind: "notice", text });
const service = new LogService({ place, intervalMs, witnesses, onNotice }, durable);

port.on("message", async (message: ToLogThread) => {
  if (message.kind === "durable") return service.durable(message.sequence);
  if (message.kind === "close") {
    await service.close(message.durable);
    port.close();
    return;
  }
  const { id, question, input } = message;
  try {
    say({ kind: "answer", id, answer: await answerLog(service, question, input as never) });
  } catch (error) {
    if (!(error instanceof HongbaoError)) throw error;
    const { code, message: text, retryable } = error;
    say({ kind: "error", id, code, message: text, retryable });
  }
});

/** Where cores are scarce the writer goes first: on Linux a thread has a priority of its own. */
function stepBehind(): void {
  try {
    const [, , thread] = readlinkSync("/proc/thread-self").split("/");
    setPriority(Number(thread), 10);
  } catch {
    // Another system, or not allowed: then it takes its turns like any thread.
  }
}
