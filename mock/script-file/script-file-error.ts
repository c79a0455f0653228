/** A script file that cannot be valid: where, and what is allowed there. */
import { pointerTo } from '../../spec/index.ts';
import { show } from '../show.ts';
import { kindOf, MockScriptError, namesIn } from '../script/script-error.ts';

export class ScriptFileError extends Error {
  override readonly name = 'ScriptFileError';
  /** JSON Pointer; empty for the whole file. */
  readonly pointer: string;

  constructor(pointer: string, problem: string, options?: ErrorOptions) {
    super(`${pointer === '' ? 'the script' : pointer} ${problem}`, options);
    this.pointer = pointer;
  }
}

/** The value is of the wrong kind. */
export function mustBe(pointer: string, allowed: string, value: unknown): never {
  throw new ScriptFileError(pointer, `must be ${allowed}, not ${whatItIs(value)}.`);
}

/** Runs a word of the scripting language; what it complains of is said with a pointer instead of `useTool().input`. */
export function at<Result>(pointer: string, word: () => Result, renames: Readonly<Record<string, string>> = {}): Result {
  try {
    return word();
  } catch (error) {
    if (!(error instanceof MockScriptError)) throw error;
    const [first, ...others] = namesIn(error.place);
    const named = first !== undefined && Object.hasOwn(renames, first) ? renames[first] : first;
    const place = named === undefined ? pointer : pointerTo(pointer, named, ...others);
    throw new ScriptFileError(place, error.message.slice(error.place.length + 2), { cause: error });
  }
}

/** Of an object, what it is says more than what is in it. */
function whatItIs(value: unknown): string {
  if (value === undefined) return 'absent';
  return typeof value === 'object' ? kindOf(value) : show(value);
}
