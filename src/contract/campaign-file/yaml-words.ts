// What is wrong with a text that is no YAML, in words that say what to write instead.

const YAML_PROBLEMS: Readonly<Record<string, readonly [string, string]>> = {
  TAB_AS_INDENT: ["spaces for indentation", "a tab"],
  DUPLICATE_KEY: ["each key once", "a key for the second time"],
  BAD_INDENT: ["the indentation of the lines around it", "another indentation"],
  MULTIPLE_DOCS: ["one document", "a second one, after `---`"],
  BLOCK_AS_IMPLICIT_KEY: ["quotes around a value that contains `: `", "a colon within the value"],
  TAG_RESOLVE_FAILED: ["a plain value", "a YAML tag"],
  MULTILINE_IMPLICIT_KEY: ["a key on one line", "a key over several lines"],
  BAD_SCALAR_START: ["quotes around text that begins with a sign of YAML", "none"],
  BAD_DQ_ESCAPE: ["two backslashes for one within double quotes", "an unknown escape"],
  BLOCK_IN_FLOW: ["a closing bracket before the next line of keys", "none"],
  MISSING_CHAR: ["a closing bracket or quote, or a comma between entries", "none"],
  UNEXPECTED_TOKEN: ["a key, a value or a comment", "something that does not belong here"],
};

/** Of an error of the YAML parser: what was expected, and what was found. */
export function yamlProblem(code: string, message: string): readonly [string, string] {
  // The parser calls a bracket that is never closed a fault of indentation.
  const isOpen = code === "BAD_INDENT" && /end with a [\]}]/.test(message);
  return (
    YAML_PROBLEMS[isOpen ? "MISSING_CHAR" : code] ?? [
      "valid YAML",
      `a fault: ${message.replace(/\s+/g, " ")}`,
    ]
  );
}
