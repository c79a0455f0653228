/** The smallest request that any server can answer. Equal bodies are sent once per run, so every probe that needs a plain control uses this one. */

/** Body of `POST /v1/messages` that generates one token. */
export function sayHello(model: string): Readonly<Record<string, unknown>> {
  return { model, max_tokens: 1, messages: [{ role: 'user', content: 'Say hello.' }] };
}
