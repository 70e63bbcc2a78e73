// A client's way into a server of the same process, without a port.
import type { FastifyInstance, InjectOptions } from "fastify";
import type { Transport } from "../client/transport.ts";

export function injectTransport(app: FastifyInstance): Transport {
  return {
    async send({ method, path, headers, body, signal }) {
      const options: InjectOptions = {
        method,
        url: path,
        headers,
        payloadAsStream: true,
        ...(body === null ? {} : { payload: body }),
        ...(signal === undefined ? {} : { signal }),
      };
      const answer = await app.inject(options);
      return {
        http: answer.statusCode,
        header: (name) => {
          const value = answer.headers[name];
          return value === undefined ? null : String(value);
        },
        text: async () => {
          let text = "";
          const decoder = new TextDecoder();
          for await (const chunk of answer.stream())
            text += decoder.decode(chunk, { stream: true });
          return text + decoder.decode();
        },
        chunks: () => answer.stream(),
      };
    },
    close: async () => {},
  };
}
