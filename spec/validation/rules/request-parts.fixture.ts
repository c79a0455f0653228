/** Parts of requests, and the shape of the tables that say what a rule takes and refuses. One table beside each file of rules. */

export type Fields = Readonly<Record<string, unknown>>;

/** For every rule: requests that it takes, and requests that it refuses with what it says of them. */
export type RuleCases = Readonly<
  Record<
    string,
    {
      readonly taken: readonly Fields[];
      readonly refused: readonly (readonly [Fields, string])[];
      /** It holds from API version 2026-10-21 on. */
      readonly newer?: true;
      /** What the refused requests are then taken for. Default `invalid`. */
      readonly validity?: 'unknown';
    }
  >
>;

/** A request that is right but for these fields. */
export const body = (fields: Fields): Fields => ({ model: 'm', max_tokens: 10, messages: [user('hi')], ...fields });

export const user = (content: unknown): object => ({ role: 'user', content });
export const assistant = (content: unknown): object => ({ role: 'assistant', content });
export const system = (content: unknown): object => ({ role: 'system', content });
export const text = (value: string): object => ({ type: 'text', text: value });
export const use = (id: string): object => ({ type: 'tool_use', id, name: 'look', input: {} });
export const result = (id: string): object => ({ type: 'tool_result', tool_use_id: id });
export const tool = (name: string): object => ({ name, input_schema: { type: 'object' } });
export const image = (data: string): object => ({ type: 'image', source: { type: 'base64', media_type: 'image/png', data } });
export const document: object = { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'x' } };
export const searchResult = (content: unknown): object => ({
  type: 'search_result',
  source: 's',
  title: 't',
  content,
  citations: { enabled: true },
});
export const thinking: object = { type: 'enabled', budget_tokens: 1024 };
export const serverUse: object = { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} };
export const serverResult: object = { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] };
/** An object schema of these required properties and no others. */
export const closed = (properties: Fields, more: Fields = {}): Fields => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});
export const format = (schema: Fields): Fields => ({ output_config: { format: { type: 'json_schema', schema } } });
