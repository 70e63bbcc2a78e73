// The keys of a YAML file, group by group, from its JSON schema.
import { fieldRows, table } from "./markdown.ts";

export type Json = Record<string, unknown>;

/** A section for the object and, after it, one for each group within. */
export function groups(title: string, schema: Json, description: string): string[] {
  const sections = [`## ${title}`];
  if (description !== "") sections.push(description);
  sections.push(table(["key", "kind", "needed", "meaning"], fieldRows(schema)));
  const properties = (schema.properties ?? {}) as Record<string, Json>;
  for (const [name, field] of Object.entries(properties)) {
    const isList = field.type === "array";
    const inner = isList ? ((field.items ?? {}) as Json) : field;
    const path = title === "The file" ? name : `${title}.${name}`;
    const description = String(field.description ?? "");
    for (const [choice, shape] of choices(inner)) {
      const place = `${isList ? `${path}[]` : path}${choice === "" ? "" : `, ${choice}`}`;
      sections.push(...groups(place, shape, description));
    }
  }
  return sections;
}

/** The objects that a field may be, with the kind that tells them apart. */
function choices(field: Json): [choice: string, shape: Json][] {
  const isObject = (shape: Json): boolean => shape.type === "object";
  if (isObject(field)) {
    if (field.properties !== undefined) return [["", field]];
    const values = field.additionalProperties as Json | undefined;
    return values?.properties === undefined ? [] : [["each", values]];
  }
  const several = (field.oneOf ?? field.anyOf ?? []) as Json[];
  return several.filter((shape) => isObject(shape) && shape.properties !== undefined).map(kindOf);
}

function kindOf(shape: Json): [choice: string, shape: Json] {
  const properties = shape.properties as Record<string, Json>;
  return [`kind: ${String(properties.kind?.const ?? "object")}`, shape];
}
