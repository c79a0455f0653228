/** The right side of grammar rules as data, so that what can never come to an end is found and left out before any text is written. */

/** GBNF text that matches something in any case, or something made of such. An empty choice matches nothing at all. */
export type Expression =
  | string
  | { readonly rule: Rule }
  | { readonly sequence: readonly Expression[] }
  | { readonly choice: readonly Expression[] }
  | { readonly repeated: Expression; readonly least: number; readonly most?: number };

/** A named rule. Its expression may be set later than its name is used, because rules may refer to themselves. */
export interface Rule {
  readonly name: string;
  expression: Expression;
}

/** What no text can match. */
export const nothing: Expression = { choice: [] };
export const empty: Expression = '""';

export function sequence(...parts: readonly Expression[]): Expression {
  return { sequence: parts };
}

export function choice(options: readonly Expression[]): Expression {
  const [only, ...others] = options;
  return only !== undefined && others.length === 0 ? only : { choice: options };
}

/** The rules that `root` leads to, those only that finite text can match: the others would keep a model writing for ever. */
export class FiniteRules {
  readonly #finite = new Set<Rule>();

  constructor(root: Expression) {
    const waiting = reachable(root);
    for (let isChanging = true; isChanging;) {
      isChanging = false;
      // From the leaves: most rules lead to those found after them.
      for (const rule of [...waiting].toReversed()) {
        if (!this.isFinite(rule.expression)) continue;
        this.#finite.add(rule);
        waiting.delete(rule);
        isChanging = true;
      }
    }
  }

  isFinite(expression: Expression): boolean {
    if (typeof expression === 'string') return true;
    if ('rule' in expression) return this.#finite.has(expression.rule);
    if ('sequence' in expression) return expression.sequence.every((part) => this.isFinite(part));
    if ('choice' in expression) return expression.choice.some((option) => this.isFinite(option));
    return expression.least === 0 || this.isFinite(expression.repeated);
  }

  /** Rules as lines of GBNF, and the root's own text. */
  write(root: Expression): { readonly root: string; readonly rules: string[] } {
    const left = reachable(root, (option) => this.isFinite(option));
    return { root: this.#text(root), rules: [...left].map(({ name, expression }) => `${name} ::= ${this.#text(expression)}`) };
  }

  #text(expression: Expression): string {
    if (typeof expression === 'string') return expression;
    if ('rule' in expression) return expression.rule.name;
    if ('sequence' in expression) return expression.sequence.map((part) => this.#text(part)).join(' ') || '""';
    if ('choice' in expression) return alternatives(expression.choice.filter((one) => this.isFinite(one)).map((one) => this.#text(one)));
    if (!this.isFinite(expression.repeated) || expression.most === 0) return '""';
    const { repeated } = expression;
    const text = this.#text(repeated);
    // A quantifier binds to what stands right before it.
    const isOne = typeof repeated === 'string' || !('sequence' in repeated) || repeated.sequence.length === 1;
    return `${isOne ? text : `(${text})`}${times(expression.least, expression.most)}`;
  }
}

/** A quantifier of GBNF. Never with its bounds in the wrong order: llama.cpp does not look, and would write rules until there is no memory left. */
export function times(least: number, most: number | undefined): string {
  if (most !== undefined && most < least) throw new RangeError(`A grammar cannot repeat something ${least} to ${most} times.`);
  if (most === undefined && least < 2) return least === 0 ? '*' : '+';
  return `{${least},${most ?? ''}}`;
}

function alternatives(texts: readonly string[]): string {
  const different = [...new Set(texts)];
  return different.length === 1 ? (different[0] ?? '') : `(${different.join(' | ')})`;
}

function reachable(root: Expression, isWanted: (option: Expression) => boolean = () => true): Set<Rule> {
  const found = new Set<Rule>();
  const left: Expression[] = [root];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next === 'string') continue;
    if ('rule' in next) {
      if (found.has(next.rule)) continue;
      found.add(next.rule);
      left.push(next.rule.expression);
    } else if ('repeated' in next) {
      if (isWanted(next.repeated)) left.push(next.repeated);
    } else {
      left.push(...('sequence' in next ? next.sequence : next.choice.filter(isWanted)));
    }
  }
  return found;
}
