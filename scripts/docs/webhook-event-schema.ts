// schema/webhook-event.schema.json: the body of a webhook, for programs that receive it.
import { z } from "zod";
import { webhookEventSchema } from "../../src/contract/schema/webhook.ts";

export function webhookEventSchemaText(): string {
  // As an input, so that a receiver does not refuse fields that a later version adds.
  const schema = z.toJSONSchema(webhookEventSchema, { io: "input" });
  const { $schema, ...rest } = schema;
  const id = "webhook-event.schema.json";
  return `${JSON.stringify({ $schema, $id: id, ...rest }, null, 2)}\n`;
}
