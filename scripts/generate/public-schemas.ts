// The schemas that get a validator of their own; all others are reached through these.

/** File names without `.json`. They are the `SchemaName`s of `spec/validation`. */
export const publicSchemas = [
  'messages-request',
  'count-tokens-request',
  'message',
  'stream-event',
  'count-tokens',
  'model',
  'models-list',
  'error',
  'tool',
  'content-block',
  'content-block-param',
  'usage',
] as const;
