// A campaign file's content as the text that a person would have written: short groups on one line,
// amounts with their decimals, an empty line before each part.
import { Document, isCollection, isMap, isScalar, type Node, Scalar, visit } from "yaml";

/** A number that stands in the file with the digits that it is written with, such as 25.00. */
export class Digits {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Keys and values of a group; those without a value are left out. */
export type Group = Readonly<Record<string, unknown>>;

/** Narrower than 100, since what a line begins with is not counted. */
const LINE_WIDTH = 90;

/** Of these, and of each entry of these, every key has a line of its own. */
const SPREAD: ReadonlySet<string> = new Set(["waves", "offers", "invites", "draws"]);
const SPREAD_ITSELF: ReadonlySet<string> = new Set(["facts", "compensation"]);

const DIGITS = {
  tag: "tag:yaml.org,2002:float",
  default: true,
  identify: (value: unknown): boolean => value instanceof Digits,
  resolve: (text: string): Digits => new Digits(text),
  stringify: ({ value }: Scalar): string => (value as Digits).text,
};

/**
 * @param sections keys in the order of the file; an empty line before each but the first
 * @param remarks what stands behind a value, by its key
 */
export function fileText(
  head: string,
  sections: readonly Group[],
  remarks: Readonly<Record<string, string>>,
): string {
  const whole = Object.assign({}, ...sections) as Group;
  const document = new Document(whole, {
    customTags: [DIGITS],
    schema: "core",
    aliasDuplicateObjects: false,
  });
  const firsts = new Set(sections.map((section) => Object.keys(section).find(isIn(whole))));
  firsts.delete(Object.keys(whole).find(isIn(whole)));
  document.commentBefore = head;
  if (!isMap(document.contents)) return document.toString();
  for (const { key, value } of document.contents.items) {
    const name = String((key as Scalar).value);
    (key as Scalar).spaceBefore = firsts.has(name);
    if (remarks[name] !== undefined) (value as Node).comment = ` ${remarks[name]}`;
    layOut(name, value as Node);
  }
  return document.toString({ lineWidth: LINE_WIDTH });
}

function isIn(whole: Group): (key: string) => boolean {
  return (key) => whole[key] !== undefined;
}

/** Groups of plain values that fit stand on one line, long conditions on several. */
function layOut(name: string, value: Node): void {
  const spread = isCollection(value) && SPREAD.has(name) ? new Set<unknown>(value.items) : null;
  visit(value, {
    Pair: (_, { key, value: condition }) => {
      if (!isScalar(key) || key.value !== "eligible" || !isScalar(condition)) return;
      const text = String(condition.value);
      const isFoldable = text.includes(" ") && !/\n|^ | {2}| $/.test(text);
      if (text.length > 60 && isFoldable) condition.type = Scalar.BLOCK_FOLDED;
    },
    Collection: (_, group) => {
      if (spread?.has(group) || group === spreadItself(name, value)) return;
      const isPlain = group.items.every((item) => isScalar(isPairLike(item) ? item.value : item));
      const { length } = JSON.stringify(group.toJSON()).replaceAll('"', "");
      if (isPlain && length <= LINE_WIDTH) group.flow = true;
    },
  });
}

function spreadItself(name: string, value: Node): Node | null {
  return SPREAD_ITSELF.has(name) ? value : null;
}

function isPairLike(item: unknown): item is { value: unknown } {
  return typeof item === "object" && item !== null && "key" in item && "value" in item;
}
