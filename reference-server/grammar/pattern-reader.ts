/** Regular expressions of JSON Schema, those that are regular: no look-around, no back references, anchors at the ends only. */
import { complement, type Range, type Ranges, union } from './code-points.ts';
import { lengths, type Pattern } from './pattern.ts';

class UnsupportedPattern extends Error {}

const longest = 1000;
const deepest = 24;
const mostRepeated = 1000;
const mostPositions = 2000;

const any: Ranges = [[0, 0x10_ff_ff]];
const digit: Ranges = [[0x30, 0x39]];
const word: Ranges = union([...digit, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]]);
const lineEnds: Ranges = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x20_28, 0x20_29],
];
const space: Ranges = union([
  ...lineEnds,
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x16_80, 0x16_80],
  [0x20_00, 0x20_0a],
  [0x20_2f, 0x20_2f],
  [0x20_5f, 0x20_5f],
  [0x30_00, 0x30_00],
  [0xfe_ff, 0xfe_ff],
]);
const classes: ReadonlyMap<string, Ranges> = new Map([
  ['d', digit],
  ['D', complement(digit)],
  ['w', word],
  ['W', complement(word)],
  ['s', space],
  ['S', complement(space)],
]);
const controls: ReadonlyMap<string, number> = new Map([
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
  ['f', 0x0c],
  ['v', 0x0b],
]);

/** The whole strings that `source` finds something in; undefined where it is more than a regular expression, or too long. */
export function readPattern(source: string): Pattern | undefined {
  if (source.length > longest) return undefined;
  try {
    const reader = new PatternReader(source);
    const found = unwrapped(reader.choice(0));
    reader.expectEnd();
    const options = found.kind === 'choice' ? found.options.map(unwrapped) : [found];
    const pattern = merged('choice', options.map(whole));
    return positions(pattern) > mostPositions ? undefined : pattern;
  } catch (error) {
    if (error instanceof UnsupportedPattern) return undefined;
    throw error;
  }
}

/** Places in a pattern where a match may stand. llama.cpp follows all of them at once where the pattern is ambiguous, so they are bounded. */
function positions(pattern: Pattern): number {
  switch (pattern.kind) {
    case 'start':
    case 'end':
      return 0;
    case 'class':
      return 1;
    case 'sequence':
      return sum(pattern.parts.map(positions));
    case 'choice':
      return sum(pattern.options.map(positions));
    case 'repeat':
      return positions(pattern.part) * Math.max(1, pattern.most === Number.POSITIVE_INFINITY ? pattern.least : pattern.most);
  }
}

/** With what an open end leaves free. */
function whole(node: Pattern): Pattern {
  const parts = node.kind === 'sequence' ? [...node.parts] : [node];
  const free: Pattern = { kind: 'repeat', part: { kind: 'class', ranges: any }, least: 0, most: Number.POSITIVE_INFINITY };
  const isStarted = parts[0]?.kind === 'start';
  if (isStarted) parts.shift();
  const isEnded = parts.at(-1)?.kind === 'end';
  if (isEnded) parts.pop();
  const all = [...(isStarted ? [] : [free]), ...parts, ...(isEnded ? [] : [free])];
  requireNoAnchors(all);
  return merged('sequence', all);
}

function requireNoAnchors(nodes: readonly Pattern[]): void {
  for (const node of nodes) {
    if (node.kind === 'start' || node.kind === 'end') throw new UnsupportedPattern();
    if (node.kind === 'sequence') requireNoAnchors(node.parts);
    if (node.kind === 'choice') requireNoAnchors(node.options);
    if (node.kind === 'repeat') requireNoAnchors([node.part]);
  }
}

function unwrapped(node: Pattern): Pattern {
  return node.kind === 'sequence' && node.parts.length === 1 && node.parts[0] !== undefined ? unwrapped(node.parts[0]) : node;
}

function merged(kind: 'sequence' | 'choice', nodes: readonly Pattern[]): Pattern {
  const [only, ...others] = nodes;
  if (only !== undefined && others.length === 0) return only;
  return kind === 'sequence' ? { kind, parts: nodes } : { kind, options: nodes };
}

class PatternReader {
  readonly #points: readonly string[];
  #at = 0;

  constructor(source: string) {
    this.#points = Array.from(source);
  }

  expectEnd(): void {
    if (this.#at < this.#points.length) throw new UnsupportedPattern();
  }

  choice(depth: number): Pattern {
    if (depth > deepest) throw new UnsupportedPattern();
    const options = [this.#sequence(depth)];
    while (this.#take('|')) options.push(this.#sequence(depth));
    return merged('choice', options);
  }

  #sequence(depth: number): Pattern {
    const parts: Pattern[] = [];
    for (let next = this.#points[this.#at]; next !== undefined && next !== '|' && next !== ')'; next = this.#points[this.#at]) {
      parts.push(this.#repeated(this.#atom(depth)));
    }
    return { kind: 'sequence', parts };
  }

  #atom(depth: number): Pattern {
    const next = this.#points[this.#at];
    this.#at += 1;
    switch (next) {
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '.':
        return { kind: 'class', ranges: complement(lineEnds) };
      case '[':
        return { kind: 'class', ranges: this.#class() };
      case '(':
        return this.#group(depth);
      case '\\':
        return { kind: 'class', ranges: this.#escape() };
      case undefined:
      case '*':
      case '+':
      case '?':
      case '{':
      case '}':
      case ']':
        throw new UnsupportedPattern();
      default:
        return { kind: 'class', ranges: single(next) };
    }
  }

  #group(depth: number): Pattern {
    if (this.#take('?') && !this.#take(':')) {
      if (!this.#take('<') || this.#peek('=') || this.#peek('!')) throw new UnsupportedPattern();
      while (!this.#take('>')) {
        if (this.#at >= this.#points.length) throw new UnsupportedPattern();
        this.#at += 1;
      }
    }
    const inner = this.choice(depth + 1);
    if (!this.#take(')')) throw new UnsupportedPattern();
    return inner;
  }

  #repeated(part: Pattern): Pattern {
    const count = this.#quantifier();
    if (count === undefined) return part;
    if (part.kind === 'start' || part.kind === 'end') throw new UnsupportedPattern();
    // Lazy or not, the language is the same.
    this.#take('?');
    const [least, most] = count;
    if (least > mostRepeated || (most !== Number.POSITIVE_INFINITY && most > mostRepeated) || most < least) throw new UnsupportedPattern();
    // Endless repetition of nothing is what no grammar has.
    if (most === Number.POSITIVE_INFINITY && hasEmpty(part)) throw new UnsupportedPattern();
    return { kind: 'repeat', part, least, most };
  }

  #quantifier(): readonly [number, number] | undefined {
    if (this.#take('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.#take('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.#take('?')) return [0, 1];
    if (!this.#take('{')) return undefined;
    const found = /^(\d{1,5})(?:(,)(\d{1,5})?)?\}/u.exec(this.#points.slice(this.#at, this.#at + 14).join(''));
    if (found === null) throw new UnsupportedPattern();
    this.#at += found[0].length;
    const least = Number(found[1]);
    if (found[2] === undefined) return [least, least];
    return [least, found[3] === undefined ? Number.POSITIVE_INFINITY : Number(found[3])];
  }

  #class(): Ranges {
    const isInverse = this.#take('^');
    const found: Range[] = [];
    while (!this.#take(']')) {
      const from = this.#classAtom();
      const [start] = from;
      if (this.#peek('-') && this.#points[this.#at + 1] !== ']' && start !== undefined && isSingle(from)) {
        this.#at += 1;
        const to = this.#classAtom();
        const end = to[0];
        if (end === undefined || !isSingle(to) || end[0] < start[0]) throw new UnsupportedPattern();
        found.push([start[0], end[0]]);
      } else found.push(...from);
    }
    return isInverse ? complement(found) : union(found);
  }

  #classAtom(): Ranges {
    const next = this.#points[this.#at];
    this.#at += 1;
    if (next === undefined) throw new UnsupportedPattern();
    return next === '\\' ? this.#escape() : single(next);
  }

  #escape(): Ranges {
    const next = this.#points[this.#at];
    this.#at += 1;
    if (next === undefined) throw new UnsupportedPattern();
    const known = classes.get(next);
    if (known !== undefined) return known;
    const control = controls.get(next);
    if (control !== undefined) return [[control, control]];
    if (next === 'x' || next === 'u') return this.#coded(next === 'x' ? 2 : 4);
    if (/[A-Za-z0-9]/u.test(next)) throw new UnsupportedPattern();
    return single(next);
  }

  #coded(digits: number): Ranges {
    const rest = this.#points.slice(this.#at, this.#at + 10).join('');
    const found = /^\{([0-9A-Fa-f]{1,6})\}/u.exec(digits === 4 ? rest : '') ?? new RegExp(`^([0-9A-Fa-f]{${digits}})`, 'u').exec(rest);
    if (found === null) throw new UnsupportedPattern();
    this.#at += found[0].length;
    const point = Number.parseInt(found[1] ?? '', 16);
    if (point > 0x10_ff_ff || (point >= 0xd8_00 && point <= 0xdf_ff)) throw new UnsupportedPattern();
    return [[point, point]];
  }

  #peek(character: string): boolean {
    return this.#points[this.#at] === character;
  }

  #take(character: string): boolean {
    if (!this.#peek(character)) return false;
    this.#at += 1;
    return true;
  }
}

function hasEmpty(node: Pattern): boolean {
  requireNoAnchors([node]);
  return lengths(node).least === 0;
}

function isSingle([range, ...others]: Ranges): boolean {
  return range !== undefined && others.length === 0 && range[0] === range[1];
}

function single(character: string): Ranges {
  const point = character.codePointAt(0) ?? 0;
  return [[point, point]];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
