// schema/verdict.schema.json: what `--json` prints, for programs that read it.
import { z } from "zod";
import { verdictSchema } from "../../src/verdict/verdict-schema.ts";

export function verdictSchemaText(): string {
  // As an input, so that a reader does not refuse fields that a later version adds.
  const schema = z.toJSONSchema(verdictSchema, { io: "input" });
  const { $schema, ...rest } = schema;
  return `${JSON.stringify({ $schema, $id: "verdict.schema.json", ...rest }, null, 2)}\n`;
}
