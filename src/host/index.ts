// What `import { … } from "hongbao"` offers: an engine in the caller's own process.
export { HongbaoError, type HongbaoErrorOptions } from "../base/error.ts";
export type { CampaignDefinition } from "../core/definition.ts";
export { type Clock, DrivenClock, SYSTEM_CLOCK } from "./clock.ts";
export { Engine, type EngineOptions } from "./engine.ts";
export { followEvents, type StreamedEvent } from "./event-stream.ts";
export { type OpenOptions, open } from "./open.ts";
export { type EngineOperation, execute } from "./operations.ts";
export { MemorySecrets, type SecretStore } from "./secrets.ts";
export type { Call } from "./writer/call.ts";
export type { MoneyAnswers, MoneyInputs, MoneyOperation } from "./writer/money-job.ts";
