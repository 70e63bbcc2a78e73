// The requests of one load run as ready bytes, made before the clock starts.
import { Workload } from "../workload.ts";
import type { LoadPlan } from "./load-plan.ts";

const STALE_AFTER_MS = 10 * 60_000;
const MAX_BODY_BYTES = 256; // With the length before it; the workload's are near 170.

export class Requests {
  private readonly bytes: Buffer;
  private readonly starts: Float64Array;
  private given = 0;

  constructor(plan: LoadPlan, count: number) {
    const workload = new Workload("http", plan.run, plan.offer);
    const headers = Object.entries(plan.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const head =
      `POST ${plan.path} HTTP/1.1\r\nhost: 127.0.0.1:${plan.port}\r\n${headers.join("")}` +
      "content-type: application/json\r\ncontent-length: ";
    const notAfterMs = Date.now() + STALE_AFTER_MS;
    this.starts = new Float64Array(count + 1);
    this.bytes = Buffer.allocUnsafe(count * (head.length + MAX_BODY_BYTES));
    let length = 0;
    for (let i = 0; i < count; i++) {
      const body = JSON.stringify({ ...workload.next(), notAfterMs });
      length += this.bytes.write(`${head}${body.length}\r\n\r\n${body}`, length, "latin1");
      this.starts[i + 1] = length;
    }
  }

  get left(): number {
    return this.starts.length - 1 - this.given;
  }

  next(): Uint8Array {
    const from = this.starts[this.given] ?? 0;
    this.given += 1;
    return this.bytes.subarray(from, this.starts[this.given]);
  }
}
