// value.yaml: its schema, and how it becomes a question.
export type { Problem } from "./problem.ts";
export { type ReadValue, readValue } from "./value-question.ts";
export { valueSchema } from "./value-schema.ts";
export type { RawFigure, RawFrom, RawValue } from "./value-shape.ts";
