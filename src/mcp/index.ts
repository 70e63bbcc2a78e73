// Tools for AI assistants, over streamable HTTP and over stdio.
export { createMcpMount, type McpMount, type McpMountOptions } from "./http-mount.ts";
export { createMcpServer } from "./server.ts";
export { HEADERS as MCP_HEADERS, type Session, sessionOf } from "./session.ts";
export { type StdioOptions, serveStdio } from "./stdio.ts";
