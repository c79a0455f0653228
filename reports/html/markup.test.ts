import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, jump, link, Markup, wireText } from './markup.ts';

describe('html', () => {
  it('escapes what is put in, also in attributes', () => {
    expect(html`<b title="${'"\'<&>'}">${'<script>'}</b>`.text).toBe('<b title="&quot;&#39;&lt;&amp;&gt;">&lt;script&gt;</b>');
  });

  it('leaves finished markup alone, and lists of it', () => {
    expect(html`<p>${html`<i>a</i>`}${[html`<b>${1}</b>`, html`<u></u>`]}${undefined}</p>`.text).toBe('<p><i>a</i><b>1</b><u></u></p>');
  });

  it('takes no object of a record for markup', () => {
    const forged = JSON.parse('{"text":"<script>"}') as string;
    expect(() => html`${forged}`).toThrow(TypeError);
  });

  it('writes out what would not be seen', () => {
    expect(html`${'a\u202Eb\u0000\n\uD800'}`.text).toBe('a\\u202eb\\x00\\n\\ud800');
  });

  it('shows the beginning of a long text, and counts the rest', () => {
    expect(html`${'x'.repeat(5_000_000)}`.text).toBe(`${'x'.repeat(1200)}… (4,998,800 more characters in the record)`);
  });

  it('never opens a tag or an attribute, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`${text}`.text).not.toMatch(/[<>"'\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(wireText(text).text.replaceAll(/<i>[^<>]*<\/i>/g, '')).not.toMatch(/[<>"'\p{Cf}\p{Cs}]/u);
      }),
    );
  });
});

describe('wireText', () => {
  it('keeps line breaks, and sets apart what would not be seen', () => {
    expect(wireText('a\r\n\u001B<').text).toBe('a<i>\\r</i>\n<i>\\x1b</i>&lt;');
  });
});

describe('links', () => {
  it.each(['javascript:alert(1)', 'JAVASCRIPT:x', 'data:text/html,x', 'https://a b', 'https://a\u202Eb', `https://${'a'.repeat(600)}`])(
    'are text where the address is %s',
    (address) => {
      expect(link(address, 'here').text).toBe('here');
    },
  );

  it('lead to the web', () => {
    expect(link('https://a.example/?q=1&r="', 'a').text).toBe(
      '<a href="https://a.example/?q=1&amp;r=&quot;" rel="noreferrer noopener">a</a>',
    );
  });

  it('within the page survive any id', () => {
    expect(jump('a b"\uD800', new Markup('x')).text).toBe('<a href="#a%20b%22%EF%BF%BD">x</a>');
  });
});
