/** Two tools whose arguments leave no choice but one enum value: any server that constrains generation fills them right, with any model. */

export const lamp = {
  name: 'set_lamp',
  description: 'Switches the lamp on or off.',
  input_schema: {
    type: 'object',
    properties: { state: { type: 'string', enum: ['on', 'off'] } },
    required: ['state'],
    additionalProperties: false,
  },
} as const;

export const fruit = {
  name: 'pick_fruit',
  description: 'Takes a fruit from the bowl.',
  input_schema: {
    type: 'object',
    properties: { fruit: { type: 'string', enum: ['apple', 'pear'] } },
    required: ['fruit'],
    additionalProperties: false,
  },
} as const;

/** The plain request with both tools offered: the control of every probe about tools. */
export function withTools(model: string): Readonly<Record<string, unknown>> {
  return { model, max_tokens: 1, tools: [lamp, fruit], messages: [{ role: 'user', content: 'Say hello.' }] };
}
