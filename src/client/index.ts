// What `hongbao/client` offers: a typed client for browsers and Node.
export { HongbaoError } from "../base/error.ts";
export type { AnswerOf, EventView, LiveView, OperationName } from "../contract/index.ts";
export type { BatchAnswer, BatchOptions } from "./batches.ts";
export {
  type Batches,
  type Client,
  type ClientCore,
  type ClientOptions,
  createClient,
  DEFAULT_URL,
} from "./client.ts";
export type { EventOptions } from "./event-stream.ts";
export { fetchTransport } from "./fetch-transport.ts";
export type {
  CallOptions,
  InputOf,
  LineOf,
  Method,
  MethodName,
  Methods,
  MoneyName,
} from "./inputs.ts";
export type { LiveOptions } from "./live-stream.ts";
export type {
  Transport,
  TransportAnswer,
  TransportRequest,
  TransportStream,
} from "./transport.ts";
