// Small pieces of Markdown that the generated reference pages share.

/** The first lines of every generated page. */
export function heading(title: string, source: string): string {
  return `# ${title}\n\n<!-- Generated from ${source} by \`npm run docs\`. Do not edit. -->`;
}

/** A table; cells may hold anything but line ends. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("<", "&lt;")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

export function code(text: string): string {
  return `\`${text}\``;
}

export function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

type Json = Record<string, unknown>;

/** The fields of an object's JSON Schema, one row each: name, kind, needed or not, meaning. */
export function fieldRows(schema: Json): string[][] {
  const properties = (schema.properties ?? {}) as Record<string, Json>;
  const required = new Set((schema.required ?? []) as string[]);
  return Object.entries(properties).map(([name, field]) => [
    code(name),
    kindOf(field),
    required.has(name) ? "yes" : "no",
    String(field.description ?? ""),
  ]);
}

/** A JSON Schema's kind in a word or two. */
function kindOf(schema: Json): string {
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (Array.isArray(schema.enum)) {
    const words = schema.enum.map(String);
    return words.length > 8 ? "a status" : words.map(code).join(", ");
  }
  const options = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
  if (options !== undefined) return [...new Set(options.map(kindOf))].join(" or ");
  switch (schema.type) {
    case "string":
      return "text";
    case "integer":
      return "whole number";
    case "array":
      return `list of ${kindOf(memberOf(schema))}`;
    case "object":
      return "object";
    case undefined:
      return "anything";
    default:
      return String(schema.type);
  }
}

/** Of a list; of a tuple, its first. */
function memberOf({ prefixItems, items }: Json): Json {
  const [first] = (prefixItems ?? []) as Json[];
  return first ?? ((items ?? {}) as Json);
}
