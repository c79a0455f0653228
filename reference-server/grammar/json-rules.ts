/** Rules for JSON values of any kind. */
import { anyInteger, anyNumber } from './number-rule.ts';

/** Names of the rules that every grammar starts from. */
const anyValue = 'value';
const anyObject = 'object';

/**
 * One character of a JSON string. Escapes are those that `json.dumps` writes; `\u` only for control characters, so no lone surrogates.
 * Bytes that encode no character of Unicode are kept out as far as a grammar over code points can: it reads overlong forms as what they stand for,
 * so a byte-level model at an extreme temperature may still write a few, and each byte of them is then read as U+FFFD.
 */
const stringCharacter = String.raw`char ::= [^"\\\x00-\x1F\x7F\uD800-\uDFFF\U00110000-\U001FFFFF] | "\\" (["\\/bfnrt] | "u00" [01] [0-9a-f])`;

/** Bounds for what a schema leaves open, for models that run on in free strings and lists. Absent: no bound. */
export interface GrammarLimits {
  /** Characters of a string. */
  readonly characters?: number;
  /** Items of an array, members of an object without known properties. */
  readonly items?: number;
}

/** Any JSON value, spaced as `spacedJson` writes it. With limits, lists and objects of unknown shape hold plain values only. */
export function valueRules(limits: GrammarLimits): string[] {
  const inner = limits.items === undefined ? anyValue : 'scalar';
  const more = limits.items === undefined ? '*' : `{0,${Math.max(limits.items - 1, 1)}}`;
  return [
    `${anyValue} ::= ${anyObject} | array | scalar`,
    'scalar ::= string | number | boolean | null',
    `${anyObject} ::= "{" (member (", " member)${more})? "}"`,
    `member ::= string ": " ${inner}`,
    `array ::= "[" (${inner} (", " ${inner})${more})? "]"`,
    `string ::= "\\"" char${limits.characters === undefined ? '*' : `{0,${limits.characters}}`} "\\""`,
    stringCharacter,
    `number ::= ${anyNumber}`,
    `integer ::= ${anyInteger}`,
    'boolean ::= "true" | "false"',
    'null ::= "null"',
  ];
}
