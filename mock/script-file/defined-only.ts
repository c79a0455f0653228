/** An object without the fields that are undefined: optional properties are absent or have a value. */
type Defined<Fields> = { readonly [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };

export function definedOnly<Fields extends object>(fields: Fields): Defined<Fields> {
  // fromEntries cannot know which fields are left.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<Fields>;
}
