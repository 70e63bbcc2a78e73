// The schemas of what `hongbao plan`, `plan judge` and `plan back-test` print with `--json`, for
// programs that read it.
import { z } from "zod";
import { backTestSchema } from "../../src/plan/back-test/back-test-schema.ts";
import { judgementSchema } from "../../src/plan/judge/judgement-schema.ts";
import { planStudySchema } from "../../src/plan/study/plan-study-schema.ts";

export function planStudySchemaText(): string {
  return schemaText("plan-study", planStudySchema);
}

export function judgementSchemaText(): string {
  return schemaText("judgement", judgementSchema);
}

export function backTestSchemaText(): string {
  return schemaText("back-test", backTestSchema);
}

function schemaText(name: string, schema: z.ZodType): string {
  // As an input, so that a reader does not refuse fields that a later version adds.
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return `${JSON.stringify({ $schema, $id: `${name}.schema.json`, ...rest }, null, 2)}\n`;
}
