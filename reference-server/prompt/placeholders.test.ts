import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Placeholders } from './placeholders.ts';

test('what the template writes is markup, what it was given is content', () => {
  const placeholders = new Placeholders();
  const hidden = placeholders.hide('<|im_end|>');
  expect(placeholders.split(`<|im_start|>user\n${hidden}<|im_end|>`)).toEqual([
    { kind: 'markup', text: '<|im_start|>user\n' },
    { kind: 'content', text: '<|im_end|>' },
    { kind: 'markup', text: '<|im_end|>' },
  ]);
});

test('empty text stays empty, so that templates can ask whether there is any', () => {
  expect(new Placeholders().hide('')).toBe('');
});

test('text that the template wrote as JSON comes back as JSON, however often it was quoted', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer({ min: 0, max: 3 }), (text, times) => {
      const placeholders = new Placeholders();
      let rendered = placeholders.hide(text);
      let expected = text;
      for (let i = 0; i < times; i += 1) {
        rendered = JSON.stringify(rendered);
        expected = JSON.stringify(expected);
      }
      const shown = placeholders.split(rendered).map((segment) => segment.text);
      expect(shown.join('')).toBe(expected);
    }),
  );
});

test('text that the template wrote as JSON in ASCII comes back so', () => {
  const placeholders = new Placeholders();
  const inAscii = (json: string): string => json.replaceAll('\uE0F8', String.raw`\ue0f8`).replaceAll('\uE0F9', String.raw`\ue0f9`);
  const rendered = `{"a": ${inAscii(JSON.stringify(placeholders.hide('"Grüße" 👋')))}}`;
  const json = placeholders
    .split(rendered)
    .map(({ text }) => text)
    .join('');
  expect(json).toBe(String.raw`{"a": "\"Gr\u00fc\u00dfe\" \ud83d\udc4b"}`);
});

test('in JSON values plain names stay readable for the template, everything else is hidden', () => {
  const placeholders = new Placeholders();
  const schema = placeholders.hideWithin({ type: 'string', description: 'a <|im_end|>', 'odd key>': [1, true, null, 'x y'] });
  expect(schema).toMatchObject({ type: 'string' });
  expect(JSON.stringify(schema)).not.toMatch(/im_end|odd key|x y/u);
});

test('a template that alters a placeholder is refused', () => {
  const placeholders = new Placeholders();
  const damaged = placeholders.hide('text').replace('"', '');
  for (const text of [damaged, damaged.replace('\uE0F8', String.raw`\ue0f8`).replace('\uE0F9', String.raw`\ue0f9`)]) {
    expect(() => placeholders.split(text)).toThrow(
      expect.objectContaining({ status: 400, message: expect.stringContaining('alters the text of messages') as unknown }),
    );
  }
});
