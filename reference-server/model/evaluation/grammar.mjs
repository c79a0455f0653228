// Just enough JSON Schema to GBNF for the evaluation's own tools: every property required, in order, spaces as json.dumps writes them.
const literal = (text) => JSON.stringify(text);

function valueRule(schema) {
  if (schema.enum) return `(${schema.enum.map((option) => literal(JSON.stringify(option))).join(' | ')})`;
  switch (schema.type) {
    case 'integer':
      return 'integer';
    case 'boolean':
      return '("true" | "false")';
    case 'array':
      return `"[" ${valueRule(schema.items)} (", " ${valueRule(schema.items)})* "]"`;
    case 'object':
      return objectRule(schema);
    default:
      return 'string';
  }
}

function objectRule({ properties }) {
  const members = Object.entries(properties).map(([name, schema]) => `${literal(`${JSON.stringify(name)}: `)} ${valueRule(schema)}`);
  return `"{" ${members.join(' ", " ')} "}"`;
}

/** What may follow the `<tool_call>` token. */
export function toolCallGrammar(tools) {
  const calls = tools.map(
    ({ function: { name, parameters } }) => `${literal(`\n{"name": ${JSON.stringify(name)}, "arguments": `)} ${objectRule(parameters)}`,
  );
  return [
    `root ::= (${calls.join(' | ')}) ${literal('}\n</tool_call>')}`,
    'string ::= "\\"" ([^"\\\\\\x00-\\x1f] | "\\\\" ["\\\\/bfnrt])* "\\""',
    'integer ::= "-"? ("0" | [1-9] [0-9]*)',
  ].join('\n');
}
