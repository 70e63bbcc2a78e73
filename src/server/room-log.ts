// The log's word on a full disk: callers see 503, but only the log and the metrics reach whoever
// can make room.
import type { FastifyBaseLogger } from "fastify";
import type { RoomWatch } from "../host/writer/room-watch.ts";

/** While it lasts it is said so often. */
const EVERY_MS = 60_000;

/** Warns when what would be written is refused for lack of room, and says when that is over. */
export function logLackOfRoom(room: RoomWatch, log: FastifyBaseLogger): void {
  let saidAtMs = Number.NEGATIVE_INFINITY;
  let isOpen = false;
  room.listeners.add((lack) => {
    if (lack !== null) {
      if (performance.now() - saidAtMs < EVERY_MS) return;
      saidAtMs = performance.now();
      isOpen = true;
      log.warn({ code: lack.code }, lack.message);
    } else if (isOpen) {
      isOpen = false;
      log.warn("there is room on the disk again: claims are decided as before");
    }
  });
}
