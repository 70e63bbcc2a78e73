// Planted bugs of extensions.
import { inSchedulesWith, type Plant, plant } from "./plant.ts";

export const EXTENSION_PLANTS: readonly Plant[] = inSchedulesWith("extensions", [
  plant(
    "extension that revives",
    "src/core/suspicion/decide-extend.ts",
    'if (refusal !== null && refusal.status !== "held") return refusal;',
    'if (refusal !== null && !["held", "expired"].includes(refusal.status)) return refusal;',
  ),
  plant(
    "extension beyond the close",
    "src/core/suspicion/decide-extend.ts",
    "if (!(untilMs <= closesAtMs))",
    "if (!(untilMs <= closesAtMs + 1))",
  ),
  plant(
    "extension that shortens",
    "src/core/suspicion/decide-extend.ts",
    "if (!(untilMs > Math.max(beforeMs, atMs)))",
    "if (!(untilMs > atMs))",
  ),
  plant(
    "release that forgets an extension",
    "src/core/suspicion/own-expiry.ts",
    "return Math.max(extendedMs, Math.min(startsAtMs + graceMs, closesAtMs));",
    "return Math.min(startsAtMs + graceMs, closesAtMs);",
  ),
  plant(
    "extended grant swept at its former end",
    "src/core/suspicion/extensions.ts",
    "    return this.place.get(grant) === entry + 1 ? grant : -1;",
    "    return this.place.get(grant) > 0 ? grant : -1;",
  ),
  plant(
    "extensions in the order in which they were made",
    "src/core/suspicion/extensions.ts",
    "    this.order.splice(this.positionFor(untilMs), 0, entry);",
    "    this.order.push(entry);",
  ),
  plant(
    "restart that forgets the order of extensions",
    "src/core/suspicion/extensions.ts",
    "    order.sort((a, b) => ends[a]! - ends[b]! || a - b);\n",
    "",
  ),
  plant(
    "extension that nobody wakes for",
    "src/core/suspicion/sweep-suspects.ts",
    "    next = Math.min(next, extensions.endAt(extensions.cursor));\n",
    "",
  ),
  plant(
    "preview that extends",
    "src/host/suspicion/suspicion.ts",
    "const place = isPreview ? aside(atMs) : out;",
    "const place = out;",
  ),
]);
