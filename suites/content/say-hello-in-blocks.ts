import { sayHello } from '../probes/say-hello.ts';

/** The smallest request with its text in a block, beside which others can stand. */
export function sayHelloInBlocks(model: string): Readonly<Record<string, unknown>> {
  return { ...sayHello(model), messages: [{ role: 'user', content: [{ type: 'text', text: 'Say hello.' }] }] };
}
