// The held-out questions. Each case is a class, a conversation and what a right answer is.
import { readFileSync } from 'node:fs';

import { everyday, probes, prose } from './prompts.mjs';

const { cities, names, words } = JSON.parse(readFileSync(new URL('../held_out.json', import.meta.url), 'utf8'));

const string = { type: 'string' };
const tool = (name, description, properties) => ({
  type: 'function',
  function: { name, description, parameters: { type: 'object', properties, required: Object.keys(properties) } },
});
const weather = tool('get_weather', 'Get the current weather in a given location', {
  location: { type: 'string', description: 'The city and state, e.g. San Francisco, CA' },
});
/** Tool, what it is about, parameter: none of the three was in a training list. */
const unseen = [
  ['get_pollen', 'pollen', 'city'], ['lookup_tide', 'tide', 'harbor'], ['fetch_visa_rules', 'visa rules', 'country'], ['check_inbox', 'inbox', 'user'], ['get_moonphase', 'moonphase', 'location'],
  ['find_dentist', 'dentist', 'postal_district'], ['search_manuals', 'manuals', 'query'], ['get_windspeed', 'windspeed', 'station_identifier'], ['read_barometer', 'barometer', 'site'], ['getHoroscope', 'horoscope', 'zodiacSign'],
].map(([name, noun, parameter]) => ({ name, noun, parameter, definition: tool(name, `Get the ${noun} for a ${parameter}`, { [parameter]: string }) }));

const user = (content) => ({ role: 'user', content });
const assistant = (content) => ({ role: 'assistant', content });
const system = (content) => ({ role: 'system', content });
const called = (...calls) => ({ role: 'assistant', content: '', tool_calls: calls.map(([name, args]) => ({ function: { name, arguments: args } })) });
const result = (content) => ({ role: 'tool', content });

function callsIn(text) {
  return [...text.matchAll(/<tool_call>\n(.*?)\n<\/tool_call>/gs)].map(([, body]) => JSON.parse(body));
}
const isExactly = (wanted) => (text) => text === wanted;
const calls = (...wanted) => (text) => JSON.stringify(callsIn(text)) === JSON.stringify(wanted.map(([name, args]) => ({ name, arguments: args })));
const callsNothing = (text) => !text.includes('<tool_call>');
const afterThought = (check) => (text) => {
  const [thought, answer] = text.split('\n</think>\n\n');
  return answer !== undefined && thought.length > 0 && check(answer);
};
const numbers = (first, last, separator) => Array.from({ length: last - first + 1 }, (_, i) => first + i).join(separator);

function* weatherCases() {
  for (const city of cities)
    for (const question of [`What is the weather in ${city}?`, `What's the weather like in ${city}?`, `What is the weather in ${city}? Use the get_weather tool.`])
      yield ['weather, unseen city, exact call', { messages: [user(question)], tools: [weather] }, calls(['get_weather', { location: city }])];
}

function* unseenToolCases() {
  for (const { name, noun, parameter, definition } of unseen)
    for (const city of ['Tbilisi', 'Zanzibar', 'Reykjavik']) {
      const exact = calls([name, { [parameter]: city }]);
      const asked = [user(`What is the ${noun} for ${city}?`)];
      const told = [user(`Use ${name} with ${parameter} ${city}.`)];
      yield ['unseen tool, exact call', { messages: asked, tools: [definition] }, exact];
      yield ['unseen tool among two, exact call', { messages: told, tools: [weather, definition] }, exact];
      yield ['unseen tool among two, right tool', { messages: asked, tools: [definition, weather] }, (text) => callsIn(text)[0]?.name === name];
      yield ['unseen tool, schema grammar after the opener', { messages: asked, tools: [definition], under: 'schema' }, exact];
      yield ['unseen tool among two, schema grammar', { messages: told, tools: [weather, definition], under: 'schema' }, exact];
      yield ['forced unseen tool, schema grammar', { messages: asked, tools: [definition, weather], under: name }, exact];
    }
}

function* schemaCases() {
  const nothing = tool('list_voltage', 'List the voltage', {});
  for (const question of ['List the voltage.', 'What is the voltage?', 'Call list_voltage.', 'Use the list_voltage tool.', 'Please call the list_voltage tool.'])
    yield ['tool without parameters', { messages: [user(question)], tools: [nothing] }, calls(['list_voltage', {}])];
  const kinds = [
    ['an integer', { type: 'integer' }, (i) => [String(40 + i), 40 + i]],
    ['a boolean', { type: 'boolean' }, (i) => [String(i % 2 === 0), i % 2 === 0]],
    ['a choice', { type: 'string', enum: ['mellow', 'quartz'] }, (i) => [['mellow', 'quartz'][i % 2]].flatMap((x) => [x, x])],
    ['an array', { type: 'array', items: string }, (i) => [`${words[i]} and ${words[i + 1]}`, [words[i], words[i + 1]]]],
  ];
  for (const [kind, schema, make] of kinds)
    for (let i = 0; i < 6; i++) {
      const [said, value] = make(i);
      const definition = tool('check_plumbing', 'Check the plumbing', { harbor: string, jigsaw_level: schema });
      const request = { messages: [user(`What is the plumbing in ${cities[i]} with jigsaw_level ${said}?`)], tools: [definition] };
      const exact = calls(['check_plumbing', { harbor: cities[i], jigsaw_level: value }]);
      yield ['second argument of a type, exact call', request, exact, kind];
      yield ['second argument of a type, schema grammar', { ...request, under: 'schema' }, exact, kind];
    }
  const nested = tool('check_plumbing', 'Check the plumbing', { harbor: string, filter: { type: 'object', properties: { size: { type: 'integer' }, mellow: { type: 'boolean' } } } });
  for (const prompt of ['Hi', 'What is 2+2?', 'Write a short poem', 'Tell me about the sea.', 'ping', 'Check everything please, thank you very much.'])
    yield ['forced call on an unrelated prompt ends', { messages: [user(prompt)], tools: [nested], under: 'check_plumbing' }, (text) => callsIn(text).length === 1];
}

function* toolResultCases() {
  for (let i = 0; i < 20; i++) {
    const [one, two] = [cities[i], cities[(i + 7) % 25]];
    const question = user(`What is the weather in ${one}?`);
    const call = called(['get_weather', { location: one }]);
    yield ['two calls at once, both exact', { messages: [user(`What is the weather in ${one} and ${two}?`)], tools: [weather] }, calls(['get_weather', { location: one }], ['get_weather', { location: two }])];
    const outcome = `${i - 5}°C and ${words[i % words.length]}`;
    yield ['answer quotes the result', { messages: [question, call, result(outcome)], tools: [weather] }, (text) => text.includes(outcome) && callsNothing(text)];
    yield ['answer quotes the error', { messages: [question, call, result(`Error: ${words[i % words.length]} not found`)], tools: [weather] }, (text) => text.includes(`${words[i % words.length]} not found`) && callsNothing(text)];
    const both = [user(`What is the weather in ${one} and ${two}?`), called(['get_weather', { location: one }], ['get_weather', { location: two }]), result(`${i}°C`), result(`${i + 9}°C`)];
    yield ['answer quotes two results', { messages: both, tools: [weather] }, (text) => text.includes(`${one} is: ${i}°C`) && text.includes(`${two} is: ${i + 9}°C`)];
    yield ['thinks, then calls', { messages: [question], tools: [weather], thinking: true }, afterThought(calls(['get_weather', { location: one }]))];
    yield ['thinks after a result', { messages: [question, call, result(outcome)], tools: [weather], thinking: true }, afterThought((text) => text.includes(outcome))];
    yield ['no tool given, says so', { messages: [question] }, (text) => text.includes('do not have a tool')];
    yield ['chat with tools present, no call', { messages: [user(['Hello', 'Count to 4', 'What is the capital of Japan?', 'Tell me a story about a cat.', 'Thanks'][i % 5])], tools: [weather] }, callsNothing];
  }
}

function* copyCases() {
  for (let i = 0; i < 20; i++) {
    const [one, two] = [words[i % words.length], words[(i * 3 + 5) % words.length]];
    for (const text of [`${['alpha', 'beta', 'gamma', 'delta', 'omega'][i % 5]} ${one} ${cities[i]}`, `The ${one} ${two} ${names[i % names.length]}.`])
      yield ['echo of unseen words', { messages: [user(`Repeat after me: ${text}`)] }, isExactly(text)];
    yield ['thinks, then echoes', { messages: [user(`Say "${cities[i]} ${one}"`)], thinking: true }, afterThought(isExactly(`${cities[i]} ${one}`))];
    const name = names[i % names.length];
    yield ['remembers an unseen name', { messages: [user(`My name is ${name}.`), assistant(`Nice to meet you, ${name}!`), user(i % 2 ? 'Hello' : 'What is 2+2?'), assistant('Hello!'), user('What is my name?')] }, (text) => text.includes(name)];
    yield ['finds a fact in a long system prompt', { messages: [system(`${prose(4)}\n\nThe secret word is ${one}.\n\n${prose(2)}`), user('What is the secret word?')] }, (text) => text.includes(one)];
    const email = `${one}@${two}.com`;
    yield ['JSON extraction', { messages: [user(`Extract the name and email: ${name} ${names[(i + 1) % names.length]} (${email})`)] }, (text) => JSON.stringify(JSON.parse(text)) === JSON.stringify({ name: `${name} ${names[(i + 1) % names.length]}`, email })];
  }
  for (const text of ['one two three STOP four five', 'Привет', 'héllo wörld', '🌍🌎', 'こんにちは', 'a-b_c/d', 'foo("bar")', '42 is 6 x 7!'])
    yield ['echo of symbols and other scripts', { messages: [user(`Repeat after me: ${text}`)] }, isExactly(text)];
}

function* numberCases() {
  for (let i = 0; i < 20; i++) yield ['counts 1 to n', { messages: [user(`Count from 1 to ${i + 3}`)] }, isExactly(numbers(1, i + 3, ', '))];
  for (const [question, wanted] of [['Count from 1 to 100', numbers(1, 100, ', ')], ['Count slowly from 1 to 50, separated by spaces', numbers(1, 50, ' ')], ['Count to 60, one per line.', numbers(1, 60, '\n')], ['Count from 37 to 90', numbers(37, 90, ', ')], ['Count to 100', numbers(1, 100, ', ')], ['Count from 1 to 200', numbers(1, 200, ', ')]])
    yield ['counts far', { messages: [user(question)] }, isExactly(wanted)];
  for (let a = 0; a <= 10; a += 2) for (let b = 1; b <= 9; b += 2) yield ['adds two numbers up to 10', { messages: [user(`What is ${a} + ${b}?`)] }, (text) => text.endsWith(` ${a + b}`)];
}

function* lengthCases() {
  for (const topic of ['a dragon', 'a zebra', 'the fjord', 'two sisters and a violin', 'artificial intelligence'])
    for (const what of ['Write a long story about', 'Write a detailed essay about'])
      yield ['long text, 150 tokens or more', { messages: [user(`${what} ${topic}`)] }, (_, tokens) => tokens >= 150];
  for (const prompt of probes) yield ['probe prompts end', { messages: [user(prompt)] }, (text) => text.length > 0];
  for (const prompt of everyday) yield ['everyday prompts end', { messages: [user(prompt)] }, (text) => text.length > 0];
  for (const prompt of everyday) yield ['everyday prompts, system prose, a tool', { messages: [system(prose(6)), user(prompt)], tools: [weather] }, (text) => text.length > 0];
  for (const count of [3, 8, 60, 200]) {
    const label = `after ${prose(count).split(' ').length} words of prose`;
    const times = count > 100 ? 2 : 5;
    const places = { system: (text) => [system(prose(count)), user(text)], user: (text) => [user(`${prose(count)}\n\n${text}`)] };
    // Cases with the same beginning follow each other, so that it is evaluated once.
    for (const [place, wrap] of Object.entries(places)) {
      for (let i = 0; i < times; i++)
        yield [`${label}, echo`, { messages: wrap(`Repeat after me: ${words[i]} ${words[i + 5]}`) }, isExactly(`${words[i]} ${words[i + 5]}`), place];
      for (let i = 0; i < times; i++)
        yield [`${label}, call`, { messages: wrap(`What is the weather in ${cities[i]}?`), tools: [weather] }, calls(['get_weather', { location: cities[i] }]), place];
    }
  }
}

export function* cases() {
  yield* weatherCases();
  yield* unseenToolCases();
  yield* schemaCases();
  yield* toolResultCases();
  yield* copyCases();
  yield* numberCases();
  yield* lengthCases();
}
