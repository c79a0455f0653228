/** Numbers between their bounds. Those without bounds have at most 15 digits, so that a model that repeats itself must end them. */
import { digitsBetween, integersBetween } from './digits.ts';
import { type Expression, choice, nothing } from './expression.ts';
import { numeric, type Schema } from './schema-shape.ts';

/** Wider than what 15 digits hold: JSON readers keep no more exactly. */
const widest = 10 ** 15 - 1;
/** Up to here a number keeps six more digits after its point exactly. */
const widestWithFraction = 10 ** 9;
const mostDecimals = 6;
/** Multiples are listed, so they need a small range. */
const mostMultiples = 256;

const integerDigits = '("0" | [1-9] [0-9]{0,14})';
export const anyInteger: string = `"-"? ${integerDigits}`;
export const anyNumber: string = `${anyInteger} ("." [0-9]{1,15})?`;

/** The strictest of the bounds of several schemas. */
interface Bounds {
  readonly least?: number;
  readonly isAbove: boolean;
  readonly most?: number;
  readonly isBelow: boolean;
}

/** Told of a keyword that the expression does not keep to. */
export type OnLoss = (keyword: string, schema: Schema) => void;

export function integerExpression(schemas: readonly Schema[], onLoss: OnLoss): Expression {
  const { least, isAbove, most, isBelow } = boundsOf(schemas);
  const factors = schemas.flatMap((schema) => {
    const factor = numeric(schema['multipleOf']);
    return factor === undefined || factor === 1 ? [] : [{ factor, schema }];
  });
  if (factors.length === 0 && least === undefined && most === undefined) return 'integer';
  const from = least === undefined ? -widest : isAbove ? Math.floor(least) + 1 : Math.ceil(least);
  const to = most === undefined ? widest : isBelow ? Math.ceil(most) - 1 : Math.floor(most);
  if (from > to) return nothing;
  if (factors.length > 0) {
    if (to - from <= mostMultiples * Math.max(...factors.map(({ factor }) => factor))) {
      const isMultiple = (value: number): boolean => factors.every(({ factor }) => Number.isInteger(value / factor));
      const step = Math.max(1, ...factors.map(({ factor }) => (Number.isInteger(factor) ? factor : 1)));
      const values = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => (Math.ceil(from / step) + index) * step);
      return choice(values.filter((value) => value >= from && value <= to && isMultiple(value)).map((value) => `"${value + 0}"`));
    }
    for (const { schema } of factors) onLoss('multipleOf', schema);
  }
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) {
    for (const schema of schemas.filter(isBounded)) onLoss('minimum' in schema ? 'minimum' : 'maximum', schema);
    return 'integer';
  }
  return integersBetween(BigInt(from), BigInt(to)) ?? nothing;
}

export function numberExpression(schemas: readonly Schema[], onLoss: OnLoss): Expression {
  const factor = schemas.find((schema) => numeric(schema['multipleOf']) !== undefined);
  if (factor !== undefined) {
    // Whole numbers are a part of what is asked for where the factor divides one; other factors meet the rounding of binary fractions.
    const value = numeric(factor['multipleOf']) ?? 1;
    if (Number.isInteger(1 / value) || Number.isInteger(value)) return integerExpression(schemas, onLoss);
    onLoss('multipleOf', factor);
  }
  const bounds = boundsOf(schemas);
  if (bounds.least === undefined && bounds.most === undefined) return 'number';
  const least = bounds.least ?? -Math.max(widestWithFraction, Math.abs(bounds.most ?? 0) * 10);
  const most = bounds.most ?? Math.max(widestWithFraction, Math.abs(bounds.least ?? 0) * 10);
  if (least > most) return nothing;
  const decimals = Math.max(decimalsOf(least), decimalsOf(most), bounds.isAbove || bounds.isBelow ? 2 : 0);
  if (decimals > mostDecimals || Math.max(Math.abs(least), Math.abs(most)) > widestWithFraction * 10) {
    const whole = integerExpression(schemas, () => {});
    if (whole !== nothing && whole !== 'integer') return whole;
    for (const schema of schemas.filter(isBounded)) onLoss(boundIn(schema), schema);
    return 'number';
  }
  const negative = least < 0 ? magnitudes(Math.max(0, -most), most <= 0 && bounds.isBelow, -least, bounds.isAbove, decimals) : [];
  const positive = most >= 0 ? magnitudes(Math.max(0, least), least >= 0 && bounds.isAbove, most, bounds.isBelow, decimals) : [];
  // Minus zero is not below zero.
  return choice([...negative.map((text) => `"-" ${text}`), ...positive]);
}

/**
 * Numbers from `least` to `most`, neither below zero: whole ones with any fraction where both neighbours are inside, the whole `most`, and
 * at the edges as many digits after the point as the bounds have.
 */
function magnitudes(least: number, isAbove: boolean, most: number, isBelow: boolean, decimals: number): string[] {
  const texts: string[] = [];
  const first = isAbove ? Math.floor(least) + 1 : Math.ceil(least);
  const last = isBelow ? Math.ceil(most) - 1 : Math.floor(most);
  const between = first <= last - 1 ? integersBetween(BigInt(first), BigInt(last - 1)) : undefined;
  if (between !== undefined) texts.push(`${between} ("." [0-9]{1,${mostDecimals}})?`);
  if (first <= last) texts.push(`"${last}"`);
  if (decimals > 0) {
    const scale = 10 ** decimals;
    const from = Math.round(least * scale) + (isAbove ? 1 : 0);
    const to = Math.round(most * scale) - (isBelow ? 1 : 0);
    const edges: readonly [number, number][] =
      first <= last
        ? [
            [from, first * scale - 1],
            [last * scale, to],
          ]
        : [[from, to]];
    for (const [low, high] of edges) {
      const lastUnit = low > high ? -1 : Math.floor(high / scale);
      for (let unit = Math.floor(low / scale); unit <= lastUnit; unit += 1) {
        const start = String(Math.max(low - unit * scale, 0)).padStart(decimals, '0');
        const end = String(Math.min(high - unit * scale, scale - 1)).padStart(decimals, '0');
        texts.push(`"${unit}." ${digitsBetween(start, end)}`);
      }
    }
  }
  return texts;
}

function boundsOf(schemas: readonly Schema[]): Bounds {
  let least: number | undefined;
  let most: number | undefined;
  let isAbove = false;
  let isBelow = false;
  const raise = (bound: number | undefined, isExclusive: boolean): void => {
    if (bound === undefined || (least !== undefined && (bound < least || (bound === least && !isExclusive)))) return;
    least = bound;
    isAbove = isExclusive;
  };
  const lower = (bound: number | undefined, isExclusive: boolean): void => {
    if (bound === undefined || (most !== undefined && (bound > most || (bound === most && !isExclusive)))) return;
    most = bound;
    isBelow = isExclusive;
  };
  for (const schema of schemas) {
    // In drafts before 6 the exclusive bounds are switches.
    raise(numeric(schema['minimum']), schema['exclusiveMinimum'] === true);
    raise(numeric(schema['exclusiveMinimum']), true);
    lower(numeric(schema['maximum']), schema['exclusiveMaximum'] === true);
    lower(numeric(schema['exclusiveMaximum']), true);
  }
  return { ...(least === undefined ? {} : { least }), isAbove, ...(most === undefined ? {} : { most }), isBelow };
}

const boundKeywords = ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'] as const;

function boundIn(schema: Schema): string {
  return boundKeywords.find((keyword) => numeric(schema[keyword]) !== undefined) ?? 'minimum';
}

function isBounded(schema: Schema): boolean {
  return boundKeywords.some((keyword) => numeric(schema[keyword]) !== undefined);
}

/** Digits after the point; many where the number is written with an exponent. */
function decimalsOf(value: number): number {
  const text = String(value);
  return text.includes('e') ? mostDecimals + 1 : (text.split('.')[1]?.length ?? 0);
}
