/** Loads a script from a file: JSON by its schema, TypeScript and JavaScript by import. */
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isJsonObject } from '../../../spec/json.ts';
import { messageOf } from '../../../spec/as-text.ts';
import { createMock, type Mock } from '../../create-mock.ts';
import { reasonOf } from '../../record/node/reason.ts';
import { MockScriptError } from '../../script/script-error.ts';
import { readFaults, readScript, type MockScript } from '../read-script.ts';
import { ScriptFileError } from '../script-file-error.ts';

/** A script that cannot be loaded. The message is a sentence for the user. */
export class ScriptLoadError extends Error {
  override readonly name = 'ScriptLoadError';
}

/**
 * Loads a script and tries it on a mock that nobody asks, so that what is wrong with it is known before a port opens.
 * A module exports `script`, a function that is given the mock: `export const script = (mock) => { mock.once(say('Hello')); }`; it may be the
 * default export, too. It is called once for every scope. Beside it, `faults` may list known faults, as in a document.
 *
 * @param path relative to the working directory; `.json`, or `.ts`, `.mts`, `.js`, `.mjs`.
 * @throws ScriptLoadError
 */
export async function loadScript(path: string): Promise<MockScript> {
  const isJson = extname(path) === '.json';
  if (!isJson && !/^\.m?[jt]s$/.test(extname(path)))
    throw new ScriptLoadError(`${path}: a script is a .json, .ts, .mts, .js or .mjs file.`);
  const script = isJson ? readDocument(await readText(path), path) : await importScript(path);
  rehearse(script, path);
  if (script.faults !== undefined) await findFaults(script.faults, path);
  return script;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ScriptLoadError(`Cannot read ${path}: ${reasonOf(error)}.`, { cause: error });
  }
}

function readDocument(text: string, path: string): MockScript {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ScriptLoadError(`${path} is not JSON: ${reasonOf(error)}.`, { cause: error });
  }
  return inFile(path, () => readScript(value));
}

function inFile<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ScriptFileError)) throw error;
    throw new ScriptLoadError(`${path}: ${error.message}`, { cause: error });
  }
}

async function importScript(path: string): Promise<MockScript> {
  await readText(path);
  let module: unknown;
  try {
    module = await import(pathToFileURL(resolve(path)).href);
  } catch (error) {
    throw new ScriptLoadError(`${path} cannot be run: ${reasonOf(error)}.`, { cause: error });
  }
  const { script, default: other, faults } = isJsonObject(module) ? module : {};
  const found = script ?? other;
  if (!isScript(found)) throw new ScriptLoadError(`${path} must export a function script(mock), or have one as its default export.`);
  if (faults === undefined) return found;
  return Object.assign((mock: Mock) => found(mock), { faults: inFile(path, () => readFaults(faults, '/faults')) });
}

function isScript(value: unknown): value is MockScript {
  return typeof value === 'function';
}

function rehearse(script: MockScript, path: string): void {
  let result: unknown;
  try {
    result = script(createMock());
  } catch (error) {
    const problem = error instanceof MockScriptError ? error.message : `script(mock) threw: ${reasonOf(error)}.`;
    throw new ScriptLoadError(`${path}: ${problem}`, { cause: error });
  }
  // A scope must have its script before its first request is answered.
  if (!(result instanceof Promise)) return;
  result.catch(() => undefined);
  throw new ScriptLoadError(`${path}: script(mock) must not be async; await at the top of the file instead.`);
}

async function findFaults(faults: readonly string[], path: string): Promise<void> {
  const { withKnownFaults } = await import('../../faults/index.ts');
  try {
    withKnownFaults(createMock(), ...faults);
  } catch (error) {
    throw new ScriptLoadError(`${path}: /faults: ${messageOf(error)}`, { cause: error });
  }
}
