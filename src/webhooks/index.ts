// What the command line needs of webhooks.

export { webhookDesk } from "./desk.ts";
export {
  addEndpoint,
  type Endpoint,
  endpointOf,
  readEndpoints,
  removeEndpoint,
  rotateSecret,
  setDisabled,
} from "./endpoints.ts";
export { messageId } from "./message.ts";
export { serveMetrics, webhookMetrics } from "./metrics.ts";
export { type DeadLetter, OutboxFolder, type OutboxState } from "./outbox-file.ts";
export { RETRY_MS } from "./retry-delay.ts";
export { Webhooks, type WebhooksOptions } from "./run-webhooks.ts";
