/**
 * A Jinja template that cannot take the server with it. The template comes with the model's file, and the library runs whatever it says:
 * `range(10**9)` fills the memory, nested loops never end, and meanwhile no other stream gets a token. Steps and sizes are counted while it
 * runs, which costs a rendering some per cent; a watchdog thread (`vm` with `timeout`) would cost each of them 70 us, and see no memory.
 */
import { Environment, Interpreter, Template } from '@huggingface/jinja';
import { asText } from '../../spec/as-text.ts';

/** A rendering that was stopped: it would not have ended, or its text would not have fitted. */
export class TemplateLimitError extends Error {
  override readonly name = 'TemplateLimitError';
}

interface Node {
  readonly type: string;
}

interface Value {
  readonly type: string;
  readonly value: unknown;
}

/** The library's declarations name their own files without endings, which leaves these classes without types. */
const LibraryInterpreter: new (scope: unknown) => {
  run(program: unknown): Value;
  evaluate(node: Node | undefined, scope: unknown): Value;
} = Interpreter;

export interface TemplateLimits {
  /** Parts of the template evaluated, and what they make, in units of some 100 bytes. A long conversation takes some 100 a turn. */
  readonly steps: number;
  /** How long it may take. No other stream gets a token meanwhile. */
  readonly milliseconds: number;
}

const usualLimits: TemplateLimits = { steps: 10_000_000, milliseconds: 2000 };
/** Of a template that had to be stopped before: who asks again shall not stop everybody as long. */
const shortMilliseconds = 200;
/** Parts within parts, also of macros that call each other. Fewer than the stack holds. */
const deepest = 700;
/** Characters of one text, without what clients wrote: that is hidden behind marks. */
const longestText = 8_000_000;
/** Values within a value, a text counted by its length. */
const mostValues = 2_000_000;
const charactersPerStep = 64;
/** What the library keeps of an item while it loops over it. */
const stepsPerItem = 8;
/** How often the clock is asked. */
const stepsPerLook = 4096;

export class BoundedTemplate {
  readonly #template: Template;
  readonly #limits: TemplateLimits;
  #wasStopped = false;

  /** @throws Error if the syntax is not supported. */
  constructor(source: string, limits: TemplateLimits = usualLimits) {
    this.#template = new Template(source);
    this.#limits = limits;
  }

  /** @throws TemplateLimitError where it had to be stopped, else what the template throws. */
  render(variables: Readonly<Record<string, unknown>>): string {
    const { steps, milliseconds } = this.#limits;
    const meter = new Meter({ steps, milliseconds: this.#wasStopped ? Math.min(shortMilliseconds, milliseconds) : milliseconds });
    const environment = new Environment();
    const globals = { ...constants, raise_exception: raise, strftime_now: strftimeNow, range: meter.range };
    for (const [name, value] of Object.entries({ ...globals, ...variables })) environment.set(name, value);
    try {
      const { value } = new BoundedInterpreter(environment, meter).run(this.#template.parsed);
      if (typeof value !== 'string') throw new Error('the chat template makes no text');
      return value;
    } catch (error) {
      // The stack or the longest string of JavaScript, where they are less than ours.
      const stopped =
        error instanceof RangeError ? new TemplateLimitError('it calls itself too often, or makes too much text', { cause: error }) : error;
      this.#wasStopped ||= stopped instanceof TemplateLimitError;
      throw stopped;
    }
  }
}

/** What the library defines too. */
const constants = { true: true, True: true, false: false, False: false, none: null, None: null };

function raise(message: unknown): never {
  throw new Error(asText(message));
}

const strftime = new Template('{{ strftime_now(format) }}');

function strftimeNow(format: unknown): string {
  return strftime.render({ format });
}

/** What one rendering has used. */
class Meter {
  readonly #deadline: number;
  readonly #limits: TemplateLimits;
  #left: number;
  #lookAt: number;

  constructor(limits: TemplateLimits) {
    this.#limits = limits;
    this.#left = limits.steps;
    this.#lookAt = limits.steps - stepsPerLook;
    this.#deadline = performance.now() + limits.milliseconds;
  }

  use(steps: number): void {
    this.#left -= steps;
    if (this.#left >= this.#lookAt) return;
    this.#lookAt = this.#left - stepsPerLook;
    if (this.#left < 0) throw new TemplateLimitError(`it was stopped after ${this.#limits.steps} steps`);
    if (performance.now() > this.#deadline) throw new TemplateLimitError(`it was stopped after ${this.#limits.milliseconds} ms`);
  }

  /** The template's `range`, whose numbers are paid before they are made. */
  readonly range = (...bounds: readonly unknown[]): readonly number[] => {
    const [first = 0, second, step = 1] = bounds.map(Number);
    const [from, to] = second === undefined ? [0, first] : [first, second];
    const length = Math.max(0, Math.ceil((to - from) / step));
    if (!Number.isFinite(length)) throw new Error('range() takes whole numbers, and a step other than zero');
    this.use(length);
    return Array.from({ length }, (_, index) => from + index * step);
  };
}

class BoundedInterpreter extends LibraryInterpreter {
  readonly #meter: Meter;
  /** How much those values hold that do not change any more. */
  readonly #sizes = new Map<Value, number>();
  #depth = 0;
  /** What the loop that has just begun runs over. */
  #looped: unknown;
  /** Whether the value that is being measured holds a namespace, whose members may change. */
  #mayChange = false;

  constructor(environment: unknown, meter: Meter) {
    super(environment);
    this.#meter = meter;
  }

  override evaluate(node: Node | undefined, scope: unknown): Value {
    this.#meter.use(1);
    if (this.#depth >= deepest) throw new TemplateLimitError('it goes too deep, as a macro does that calls itself');
    const isLooped = node !== undefined && node === this.#looped;
    if (node?.type === 'For') this.#looped = iterableOf(node);
    this.#depth += 1;
    try {
      const value = super.evaluate(node, scope);
      this.#measure(value, isLooped);
      return value;
    } finally {
      // Loops are left by exceptions too.
      this.#depth -= 1;
    }
  }

  #measure(value: Value, isLooped: boolean): void {
    const { value: inner } = value;
    if (typeof inner === 'string') {
      if (inner.length > longestText) throw new TemplateLimitError('it makes too much text');
      this.#meter.use(Math.floor(inner.length / charactersPerStep));
      return;
    }
    const items = itemsOf(inner);
    if (items === undefined) return;
    this.#mayChange = false;
    if (this.#sizeOf(value) > mostValues) throw new TemplateLimitError('it makes too many values');
    this.#meter.use(isLooped ? items * stepsPerItem : Math.floor(items / charactersPerStep));
  }

  /** A value that is in another one twice counts twice: as JSON it would be there twice. */
  #sizeOf(value: Value): number {
    this.#meter.use(1);
    const { value: inner } = value;
    if (typeof inner === 'string') return 1 + inner.length / charactersPerStep;
    if (itemsOf(inner) === undefined) return 1;
    const known = this.#sizes.get(value);
    if (known !== undefined) return known;
    const couldChange = this.#mayChange;
    this.#mayChange = value.type === 'NamespaceValue';
    let size = 1;
    if (isList(inner)) for (const item of inner) size += this.#sizeOf(item);
    if (isMap(inner)) for (const [key, item] of inner) size += key.length / charactersPerStep + this.#sizeOf(item);
    if (!this.#mayChange) this.#sizes.set(value, size);
    this.#mayChange ||= couldChange;
    return size;
  }
}

/** How many; undefined where it is no list and no mapping. */
function itemsOf(inner: unknown): number | undefined {
  return isList(inner) ? inner.length : isMap(inner) ? inner.size : undefined;
}

function isList(inner: unknown): inner is readonly Value[] {
  return Array.isArray(inner);
}

function isMap(inner: unknown): inner is ReadonlyMap<string, Value> {
  return inner instanceof Map;
}

/** `for item in list if test` has the list within what it loops over. */
function iterableOf(node: Node): unknown {
  const iterable: unknown = 'iterable' in node ? node.iterable : undefined;
  return typeof iterable === 'object' && iterable !== null && 'lhs' in iterable && 'test' in iterable ? iterable.lhs : iterable;
}
