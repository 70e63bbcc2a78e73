// Drills only: the clock of the engine is set from outside, so that weeks pass in seconds.
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { HongbaoError } from "../base/error.ts";
import { parse } from "../contract/index.ts";
import { instantSchema } from "../contract/schema/text.ts";
import type { DrivenClock } from "../host/clock.ts";
import { requireAdmin } from "./handlers.ts";
import { stamp } from "./operation-call.ts";
import { engineOf, type Service } from "./service.ts";

const bodySchema: z.ZodType<{ atMs: number }> = z.strictObject({
  atMs: instantSchema("The instant to move to; never an earlier one."),
});

export function addClockRoute(app: FastifyInstance, service: Service, clock: DrivenClock): void {
  app.post("/v1/clock", async (request, reply) => {
    const caller = service.access.identify(request.raw);
    if (caller instanceof HongbaoError) throw caller;
    requireAdmin(caller);
    const { atMs } = parse(request.body, bodySchema);
    const engine = engineOf(service);
    clock.set(atMs);
    // Whatever is due by then happens before the answer.
    await engine.tick();
    return reply.send(await stamp(engine));
  });
}
