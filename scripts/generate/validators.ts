// Compiles the schemas to plain functions: no ajv, no `new Function` and no start-up cost at run time.
import { _, getProperty, stringify } from 'ajv/dist/compile/codegen/index.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { isSchema, type Schema, type Schemas } from './read-schemas.ts';
import { strictCopy } from './strict-copy.ts';
import { publicSchemas } from './public-schemas.ts';

/** The generated `validators.js` and the declaration that goes with it. */
export function generateValidators(schemas: Schemas): Readonly<Record<string, string>> {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    discriminator: true,
    // Wording is made at run time, in spec/validation.
    messages: false,
    inlineRefs: false,
    code: { source: true, esm: true },
  });
  // Always an error: whether the beta header is there is decided at run time.
  ajv.addKeyword({
    keyword: 'x-beta',
    schemaType: 'string',
    error: { message: '', params: ({ schema }) => _`{family: ${schema}}` },
    code: (context) => context.error(),
  });
  // `required`, which says of a missing field what it has to be.
  ajv.addKeyword({
    keyword: 'x-required',
    before: 'required',
    type: 'object',
    schemaType: 'object',
    error: { message: '', params: ({ params }) => _`{missingProperty: ${params['field']}, is: ${params['is']}}` },
    code: (context) => {
      const { gen, data, schema } = context;
      for (const [field, is] of Object.entries<unknown>(schema)) {
        gen.if(_`${data}${getProperty(field)} === undefined`, () => context.error(false, { field, is: stringify(is) }));
      }
    },
  });
  for (const [name, schema] of schemas) ajv.addSchema(strictCopy(schema, schemas), `${name}.json`);
  const exported = Object.fromEntries(publicSchemas.map((name) => [functionName(name), `${name}.json`]));
  const code = selfContained(standalone.default(ajv, exported));
  return { 'validators.js': `${banner}\n${code}\n`, 'validators.d.ts': declaration() };
}

/** `messages-request` is validated by `validateMessagesRequest`. */
export function functionName(schemaName: string): string {
  return `validate-${schemaName}`.replaceAll(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());
}

const banner = `// Generated from spec/schemas by scripts/generate.ts; change the schemas instead.\n`;

const runtime = `/** String length as JSON Schema counts it: in code points. */
function codePoints(text) {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) { length--; i++; }
  }
  return length;
}

/** Errors kept of one value: enough to explain, and a body of 100 000 bad messages stays cheap to refuse. */
export const mostErrors = 100;

function failed(before, instancePath, keyword, params) {
  const error = { instancePath, keyword, params };
  if (before === null) return [error];
  before.push(error);
  return before;
}

function joined(before, more) {
  if (before === null) return more;
  for (let i = 0; i < more.length && before.length < mostErrors; i++) before.push(more[i]);
  return before;
}
`;

/**
 * Ajv writes \`require("ajv/dist/runtime/ucs2length")\` even into ES modules, and joins the errors of parts with \`concat\`,
 * which takes quadratic time on hostile input. Both are replaced, and what nothing reads is dropped, so 630 KB become 300.
 * Throws if ajv's output no longer looks as expected.
 */
function selfContained(code: string): string {
  const rewritten = rewrites.reduce((text, [pattern, replacement]) => text.replaceAll(pattern, replacement), code);
  const left = /\brequire\(|\.concat\(|schemaPath|evaluated|parentData|const err\d/.exec(rewritten);
  if (left) {
    const context = rewritten.slice(left.index - 100, left.index + 100);
    throw new Error(`Ajv emitted code that scripts/generate/validators.ts does not know: ${context}`);
  }
  return withoutSchemas(rewritten);
}

/**
 * Ajv keeps every schema beside its function, although functions read little of them: the values of an enum, and in large objects
 * the names of the fields. The values are written where they are read, and of the schemas only the names stay.
 */
function withoutSchemas(code: string): string {
  const schemas = new Map<string, Schema>();
  for (const [, name, text] of code.matchAll(/^const (schema\d+) = (.*);$/gm)) schemas.set(name!, JSON.parse(text!));
  const inlined = code.replaceAll(/\b(schema\d+)((?:\.\w+)*\.(?:enum|type))\b(?!\.)/g, (_all, name: string, path: string) =>
    JSON.stringify(
      path
        .slice(1)
        .split('.')
        .reduce<unknown>((part, key) => (isSchema(part) ? part[key] : undefined), schemas.get(name)),
    ),
  );
  return inlined.replaceAll(/^const (schema\d+) = .*\n/gm, (_line, name: string) => {
    if (inlined.split(new RegExp(`\\b${name}\\b`)).length === 2) return '';
    const names = Object.keys(schemas.get(name)?.['properties'] ?? {}).map((key) => `${JSON.stringify(key)}: 1`);
    return `const ${name} = { properties: { ${names.join(', ')} } };\n`;
  });
}

const rewrites: readonly (readonly [RegExp, string])[] = [
  [/^"use strict";/g, `${runtime}\n`],
  [/const (func\d+) = require\("ajv\/dist\/runtime\/ucs2length"\)\.default;/g, 'const $1 = codePoints;'],
  [/func\d+\((data\d*)\) < 1\b/g, '$1.length < 1'],
  [/vErrors === null \? (\w+)\.errors : vErrors\.concat\(\w+\.errors\)/g, 'joined(vErrors, $1.errors)'],
  [
    /const (err\d+) = \{instancePath(?::((?:(?!,schemaPath).)+))?,schemaPath:"(?:[^"\\]|\\.)*",keyword:("[\w-]+"),params:/g,
    'const $1 = {$2|$3|',
  ],
  [/const (err\d+) = \{\|/g, 'const $1 = {instancePath|'],
  [
    /const (err\d+) = \{((?:(?!\|").)+)\|("[\w-]+")\|((?:(?!\};if\(vErrors).)+)\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}/g,
    'vErrors = failed(vErrors, $2, $3, $4);',
  ],
  // Remarks on ajv's own branching: the branch, or the tag itself, has already said what is wrong.
  [/vErrors = failed\(vErrors, (?:(?!;errors\+\+;).)+, "(?:if|discriminator)", \{[^}]*\}\);errors\+\+;/g, ''],
  [/const (err\d+) = \{\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}/g, 'vErrors = failed(vErrors);'],
  [/"x-required"/g, '"required"'],
  [/\/\*# sourceURL="[^"]*" \*\/;/g, ''],
  [/const evaluated0 = \w+\.evaluated;if\(evaluated0\.dynamicProps\)\{[^}]*\}if\(evaluated0\.dynamicItems\)\{[^}]*\}/g, ''],
  [/\w+\.evaluated = \{[^}]*\};/g, ''],
  [/\{instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors=\{\}\}=\{\}/g, 'instancePath = ""'],
  [/\{instancePath:((?:(?!,parentData:).)+),parentData:(?:(?!,rootData,dynamicAnchors\}).)+,rootData,dynamicAnchors\}/g, '$1'],
  [/\{instancePath,parentData,parentDataProperty,rootData,dynamicAnchors\}/g, 'instancePath'],
  [/;(?=function validate|const schema|export const|const pattern|const func)/g, ';\n'],
  [/\}(?=function validate|const schema|export const)/g, '}\n'],
];

function declaration(): string {
  const functions = publicSchemas.map((name) => `export declare const ${functionName(name)}: Validator;`);
  return `${banner}
/** One broken keyword, as ajv describes it. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** True if the value fits; otherwise \`errors\` tells why, until the next call. */
export interface Validator {
  (value: unknown): boolean;
  errors: readonly SchemaError[] | null;
}

/** Errors kept of one value; with as many as this, others may have been dropped. */
export declare const mostErrors: number;

${functions.join('\n')}
`;
}
