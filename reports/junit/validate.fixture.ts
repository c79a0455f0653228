/** Validates JUnit XML against the schema beside it, with libxml2. */
import { readFileSync } from 'node:fs';
import { validateXML } from 'xmllint-wasm';

const schema = readFileSync(new URL('./strict.fixture.xsd', import.meta.url), 'utf8');

/** What is wrong, in the validator's words; empty where nothing is. */
export async function junitProblems(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml, schema, maxMemoryPages: 4096 });
  return errors.map(({ message }) => message);
}

/** Whether it is XML at all. */
export async function xmlProblems(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml, normalization: 'format', maxMemoryPages: 4096 });
  return errors.map(({ message }) => message);
}
