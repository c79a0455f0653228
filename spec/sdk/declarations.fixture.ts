// Reads the type declarations of the official SDK: interfaces with their fields, and aliases. The generated `.d.ts` files are regular
// enough for a small reader, and TypeScript 7 offers no stable API.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One field of an interface. */
export interface Field {
  readonly name: string;
  readonly isOptional: boolean;
  /** The declared type as text. */
  readonly type: string;
}

/** An exported type, where it was declared. */
export type Declaration = { readonly module: string; readonly name: string } & (
  | { readonly kind: 'interface'; readonly parents: readonly string[]; readonly fields: readonly Field[] }
  | { readonly kind: 'alias'; readonly type: string }
);

/** Gives the text of a declaration file. */
export type ReadModule = (path: string) => string;

const root = join(import.meta.dirname, '../../node_modules/@anthropic-ai/sdk/resources');

/** Reads a file of the installed SDK, by its path below `resources`. */
export const readInstalled: ReadModule = (path) => readFileSync(join(root, path), 'utf8');

/** Looks up a type by the name that a module calls it; follows imports and namespaces. */
export type Lookup = (module: string, name: string) => Declaration | undefined;

/** A lookup over declaration files. */
export function lookupIn(read: ReadModule): Lookup {
  const modules = new Map<string, Module>();
  const moduleAt = (path: string): Module => {
    const known = modules.get(path);
    if (known) return known;
    const fresh = parseModule(path, read(path));
    modules.set(path, fresh);
    return fresh;
  };
  const lookup: Lookup = (path, name) => {
    const module = moduleAt(path);
    const own = module.types.get(name);
    if (own) return own;
    const [qualifier = '', ...rest] = name.split('.');
    const target = module.imports.get(qualifier);
    return target === undefined || rest.length === 0 ? undefined : lookup(target, rest.join('.'));
  };
  return lookup;
}

interface Module {
  readonly types: ReadonlyMap<string, Declaration>;
  /** Paths by the name of their namespace. */
  readonly imports: ReadonlyMap<string, string>;
}

function parseModule(module: string, source: string): Module {
  const text = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  const types = new Map<string, Declaration>();
  for (const one of declarationsIn(module, text, '')) types.set(one.name, one);
  const imports = new Map<string, string>();
  for (const [, name = '', path = ''] of text.matchAll(/import \* as (\w+) from "([^"]+)\.js"/g))
    imports.set(name, join(dirname(module), `${path}.d.ts`));
  return { types, imports };
}

function* declarationsIn(module: string, text: string, prefix: string): Generator<Declaration> {
  const pattern = /^\s*(?:export )?(?:declare )?(interface|type|namespace) (\w+)([^={;]*)(=|\{)/gm;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [, keyword, bare = '', between = '', opening] = match;
    const name = `${prefix}${bare}`;
    const end = opening === '=' ? endOf(text, pattern.lastIndex, ';') : endOf(text, pattern.lastIndex, '}');
    const inside = text.slice(pattern.lastIndex, end).trim();
    pattern.lastIndex = end + 1;
    if (keyword === 'namespace') yield* declarationsIn(module, inside, `${name}.`);
    else if (keyword === 'type') yield { module, name, kind: 'alias', type: inside };
    else yield { module, name, kind: 'interface', parents: parentsIn(between), fields: splitAt(inside, ';').flatMap(fieldOf) };
  }
}

function parentsIn(between: string): readonly string[] {
  const [, list] = /\bextends (.+)/.exec(between) ?? [];
  return list === undefined ? [] : splitAt(list, ',');
}

function fieldOf(member: string): readonly Field[] {
  const [, name, optional, type] = /^(?:readonly )?['"]?([\w-]+)['"]?(\?)?:\s*([\s\S]+)$/.exec(member) ?? [];
  return name === undefined || type === undefined ? [] : [{ name, isOptional: optional === '?', type }];
}

/** Parts of a text between separators outside of all brackets and quotes; empty parts are left out. */
export function splitAt(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  while (from <= text.length) {
    const end = endOf(text, from, separator);
    parts.push(text.slice(from, end).trim());
    from = end + 1;
  }
  return parts.filter((part) => part !== '');
}

/** Where a character comes next outside of all brackets and quotes; the end of the text where it does not. */
function endOf(text: string, from: number, wanted: string): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === wanted && depth === 0) return at;
    if (char === "'" || char === '"') at = text.indexOf(char, at + 1);
    else if ('{([<'.includes(char)) depth += 1;
    else if ('})]>'.includes(char) && text.charAt(at - 1) !== '=') depth -= 1;
  }
  return text.length;
}
