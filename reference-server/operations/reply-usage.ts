/** Reads from an answer on its way out what it cost. Only the frames that tell it are parsed: a log must not slow a stream down. */

/** As the usage object names them. */
export interface TokenCounts {
  readonly input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly output_tokens: number;
}

const names = ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens', 'output_tokens'] as const;

export class ReplyUsage {
  #counts: Partial<TokenCounts> = {};
  #hasError = false;

  get counts(): Partial<TokenCounts> {
    return this.#counts;
  }

  /** Whether the stream told of an error. */
  get hasError(): boolean {
    return this.#hasError;
  }

  readBody(body: string): void {
    const parsed = parse(body);
    this.#take(at(parsed, 'usage') ?? parsed);
  }

  readFrame(text: string): void {
    if (text.startsWith('event: error\n')) this.#hasError = true;
    const isStart = text.startsWith('event: message_start\n');
    if (!isStart && !text.startsWith('event: message_delta\n')) return;
    const data = parse(/^data: (.*)$/mu.exec(text)?.[1] ?? '');
    this.#take(at(isStart ? at(data, 'message') : data, 'usage'));
  }

  #take(usage: unknown): void {
    const told = names.flatMap((name) => {
      const count = at(usage, name);
      return typeof count === 'number' ? [[name, count] as const] : [];
    });
    this.#counts = { ...this.#counts, ...Object.fromEntries(told) };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
}
