/** Reads GBNF and writes random texts that follow it, as a model without any knowledge would under the grammar. */

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'class'; readonly ranges: readonly (readonly [number, number])[]; readonly isInverse: boolean }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly options: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly least: number; readonly most: number };

/** A number from 0 up to 1. */
export type Random = () => number;

/** The same numbers for the same seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** From here on the shortest way to the end is taken. */
const deepest = 14;
const mostRepeats = 5;

export class GbnfSampler {
  readonly #rules = new Map<string, Node>();
  readonly #costs = new Map<string, number>();

  constructor(grammar: string) {
    for (const line of grammar.split('\n')) {
      const at = line.indexOf(' ::= ');
      this.#rules.set(line.slice(0, at), new GbnfReader(line.slice(at + 5)).whole());
    }
    for (let isFalling = true; isFalling;) {
      isFalling = false;
      for (const [name, node] of this.#rules) {
        const cost = 1 + this.#cost(node);
        if (cost >= (this.#costs.get(name) ?? Number.POSITIVE_INFINITY)) continue;
        this.#costs.set(name, cost);
        isFalling = true;
      }
    }
  }

  sample(random: Random): string {
    return this.#write({ kind: 'rule', name: 'root' }, random, 0);
  }

  /** Rules on the shortest way to the end. */
  #cost(node: Node): number {
    switch (node.kind) {
      case 'text':
      case 'class':
        return 0;
      case 'rule':
        return this.#costs.get(node.name) ?? Number.POSITIVE_INFINITY;
      case 'sequence':
        return Math.max(0, ...node.parts.map((part) => this.#cost(part)));
      case 'choice':
        return Math.min(...node.options.map((option) => this.#cost(option)));
      case 'repeat':
        return node.least === 0 ? 0 : this.#cost(node.part);
    }
  }

  #write(node: Node, random: Random, depth: number): string {
    switch (node.kind) {
      case 'text':
        return node.text;
      case 'class':
        return character(node, random);
      case 'rule': {
        const rule = this.#rules.get(node.name);
        if (rule === undefined) throw new Error(`The grammar has no rule ${node.name}.`);
        return this.#write(rule, random, depth + 1);
      }
      case 'sequence':
        return node.parts.map((part) => this.#write(part, random, depth)).join('');
      case 'choice': {
        const least = Math.min(...node.options.map((option) => this.#cost(option)));
        const options = node.options.filter((option) =>
          depth > deepest ? this.#cost(option) === least : Number.isFinite(this.#cost(option)),
        );
        const option = options[Math.floor(random() * options.length)];
        if (option === undefined) throw new Error('A choice has no end.');
        return this.#write(option, random, depth);
      }
      case 'repeat': {
        const room = depth > deepest ? 0 : Math.min(node.most - node.least, mostRepeats);
        // Bounds are where mistakes are, so they are tried often.
        const most = random() < 0.1 && node.most < 100 && depth <= deepest ? node.most : node.least + Math.floor(random() * (room + 1));
        return Array.from({ length: most }, () => this.#write(node.part, random, depth)).join('');
      }
    }
  }
}

function character({ ranges, isInverse }: Node & { readonly kind: 'class' }, random: Random): string {
  if (isInverse) {
    for (;;) {
      const point = Math.floor(random() * (random() < 0.8 ? 0x7f : 0x11_00_00));
      if (!ranges.some(([from, to]) => point >= from && point <= to)) return String.fromCodePoint(point);
    }
  }
  const [from, to] = ranges[Math.floor(random() * ranges.length)] ?? [0, 0];
  const isEdge = random() < 0.3;
  return String.fromCodePoint(isEdge ? (random() < 0.5 ? from : to) : from + Math.floor(random() * (to - from + 1)));
}

class GbnfReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Node {
    const node = this.#choice();
    if (this.#at < this.#text.length) throw new Error(`Cannot read the grammar from "${this.#text.slice(this.#at)}".`);
    return node;
  }

  #choice(): Node {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    return { kind: 'choice', options };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    for (;;) {
      this.#match(/ +/uy);
      const part = this.#atom();
      if (part === undefined) return { kind: 'sequence', parts };
      parts.push(this.#repeated(part));
    }
  }

  #atom(): Node | undefined {
    if (this.#take('(')) {
      const inner = this.#choice();
      if (!this.#take(')')) throw new Error('A group is not closed.');
      return inner;
    }
    if (this.#take('"')) return { kind: 'text', text: String.fromCodePoint(...this.#points('"')) };
    if (this.#take('[')) return this.#class();
    const name = this.#match(/[A-Za-z][A-Za-z0-9-]*/uy);
    return name === undefined ? undefined : { kind: 'rule', name };
  }

  #class(): Node {
    const isInverse = this.#take('^');
    const ranges: [number, number][] = [];
    while (!this.#take(']')) {
      const from = this.#point();
      ranges.push([from, this.#take('-') ? this.#point() : from]);
    }
    return { kind: 'class', ranges, isInverse };
  }

  #repeated(part: Node): Node {
    if (this.#take('*')) return { kind: 'repeat', part, least: 0, most: Number.POSITIVE_INFINITY };
    if (this.#take('+')) return { kind: 'repeat', part, least: 1, most: Number.POSITIVE_INFINITY };
    if (this.#take('?')) return { kind: 'repeat', part, least: 0, most: 1 };
    const bounds = this.#match(/\{\d+(?:,\d*)?\}/uy);
    if (bounds === undefined) return part;
    const [least = 0, most] = bounds
      .slice(1, -1)
      .split(',')
      .map((text) => (text === '' ? Number.POSITIVE_INFINITY : Number(text)));
    return { kind: 'repeat', part, least, most: most ?? least };
  }

  #points(end: string): number[] {
    const points: number[] = [];
    while (!this.#take(end)) points.push(this.#point());
    return points;
  }

  #point(): number {
    const code = this.#match(/\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})/uy);
    if (code !== undefined) return Number.parseInt(code.slice(2), 16);
    const escaped = this.#match(/\\[nrt"\\[\]]/uy);
    if (escaped !== undefined) return ({ n: '\n', r: '\r', t: '\t' }[escaped[1] ?? ''] ?? escaped[1] ?? '').codePointAt(0) ?? 0;
    const plain = this.#match(/[^\\]/uy)?.codePointAt(0);
    if (plain === undefined) throw new Error(`Cannot read a character from "${this.#text.slice(this.#at)}".`);
    return plain;
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #match(expression: RegExp): string | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}
