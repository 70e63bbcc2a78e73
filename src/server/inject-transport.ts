// A client's way into a server of the same process, without a port.
import type { FastifyInstance, InjectOptions } from "fastify";
import type { Transport, TransportRequest, TransportStream } from "../client/transport.ts";

export function injectTransport(app: FastifyInstance): Transport {
  const stream = async (request: TransportRequest): Promise<TransportStream> => {
    const { method, path, headers, body, signal } = request;
    const options: InjectOptions = { method, url: path, headers };
    if (body !== null) options.payload = body;
    if (signal !== undefined) options.signal = signal;
    const answer = await app.inject({ ...options, payloadAsStream: true });
    const header = (name: string): string | null => {
      const value = answer.headers[name];
      return value === undefined ? null : String(value);
    };
    return { http: answer.statusCode, header, chunks: answer.stream() };
  };
  return {
    stream,
    send: async (request) => {
      const { http, header, chunks } = await stream(request);
      const decoder = new TextDecoder();
      let text = "";
      for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true });
      return { http, header, text: text + decoder.decode() };
    },
    close: async () => {},
  };
}
