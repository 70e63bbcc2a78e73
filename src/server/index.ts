// The server and what it is given: keys, mounts.
export { fileKeyStore } from "./key-file.ts";
export { type Caller, type KeyStore, Keys, memoryKeyStore } from "./keys.ts";
export type { Mount, MountRequest } from "./mount.ts";
export { fileReportStore } from "./report-file.ts";
export {
  createInProcessServer,
  type LogLevel,
  type RunningServer,
  type ServerOptions,
  startServer,
} from "./server.ts";
export { fileSessionStore } from "./session-file.ts";
