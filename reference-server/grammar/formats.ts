/**
 * Formats of strings as patterns, each a plain form that every reader of the format takes: dates of every year without the 29th of
 * February, IPv6 addresses in full, and so on. https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3
 */

const date = String.raw`[1-9]\d{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))`;
const time = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:Z|[+\-](?:0\d|1[0-3]):[0-5]\d)`;
const label = '[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?';
const host = String.raw`${label}(?:\.${label}){0,3}`;
const octet = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const hex = '[0-9a-f]';
const path = String.raw`[A-Za-z0-9._~!$&'()*+,;=:@\-]`;

const patterns: ReadonlyMap<string, string> = new Map([
  ['date', date],
  ['time', time],
  ['date-time', `${date}T${time}`],
  ['duration', String.raw`P(?:\d{1,4}W|\d{1,4}D(?:T\d{1,4}H)?|(?:\d{1,4}Y)?\d{1,4}M|T(?:\d{1,4}H)?(?:\d{1,4}M)?\d{1,4}S|T\d{1,4}[HM])`],
  ['email', String.raw`[A-Za-z0-9_+\-]{1,32}(?:\.[A-Za-z0-9_+\-]{1,31})?@${label}(?:\.${label}){1,3}`],
  ['hostname', host],
  ['ipv4', String.raw`${octet}(?:\.${octet}){3}`],
  ['ipv6', `${hex}{1,4}(?::${hex}{1,4}){7}`],
  ['uuid', `${hex}{8}-${hex}{4}-${hex}{4}-${hex}{4}-${hex}{12}`],
  [
    'uri',
    String.raw`(?:[a-z][a-z0-9+.\-]{0,15}:\/\/${host}(?::\d{2,4})?(?:\/${path}{0,64}){0,8}(?:\?${path}{0,200})?(?:#${path}{0,100})?|(?:mailto|urn|tel):${path}{1,200})`,
  ],
]);

/** Formats that say how a string is written, and that are not among the patterns. Others (`password`, `int32`) are notes for people. */
export const unheldFormats: ReadonlySet<string> = new Set([
  'idn-email',
  'idn-hostname',
  'iri',
  'iri-reference',
  'json-pointer',
  'regex',
  'relative-json-pointer',
  'uri-reference',
  'uri-template',
]);

/** The pattern of a format; undefined for a format that has none here. */
export function formatPattern(format: string): string | undefined {
  const pattern = patterns.get(format);
  return pattern === undefined ? undefined : `^(?:${pattern})$`;
}
