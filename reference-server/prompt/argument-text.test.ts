import { expect, test } from 'vitest';
import { gemma } from '../families/gemma.ts';
import { glm } from '../families/glm.ts';
import { hermes } from '../families/hermes.ts';
import { qwenXml } from '../families/qwen-xml.ts';
import { argumentText } from './argument-text.ts';

const input = { city: 'New "York"', at: [1, { x: null, y: 'a' }], exact: true };

/** [content] is what clients wrote, the rest is markup. */
test.each([
  [hermes, '[{"city": "New \\"York\\"", "at": [1, {"x": null, "y": "a"}], "exact": true}]'],
  [
    qwenXml,
    '<parameter=[city]>\n[New "York"]\n</parameter>\n<parameter=[at]>\n[[1, {"x": null, "y": "a"}]]\n</parameter>\n<parameter=[exact]>\n[true]\n</parameter>\n',
  ],
  [
    glm,
    '<arg_key>[city]</arg_key><arg_value>[New "York"]</arg_value><arg_key>[at]</arg_key><arg_value>[[1, {"x": null, "y": "a"}]]</arg_value><arg_key>[exact]</arg_key><arg_value>[true]</arg_value>',
  ],
  [gemma, '{[city]:<|"|>[New "York"]<|"|>,[at]:[1,{[x]:null,[y]:<|"|>[a]<|"|>}],[exact]:true}'],
])('$name', ({ calls }, expected) => {
  const written = argumentText(input, calls).map(({ kind, text }) => (kind === 'content' ? `[${text}]` : text));
  expect(written.join('')).toBe(expected);
});
