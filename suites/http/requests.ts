/** Requests as real clients send them: other spellings and additions that must not matter. */
import { acceptance } from '../acceptance.ts';
import type { Check } from '../model/check.ts';
import { claudeCode, sdkPython, sdkTypescript } from '../references.ts';

const betaHeaders = 'https://platform.claude.com/docs/en/api/beta-headers';

const charset = acceptance({
  id: 'http.request.content-type-charset',
  level: 'must',
  layer: 'http',
  requirement: 'The content type application/json is accepted with a charset parameter.',
  covers: ['http.request.content-type'],
  source: 'https://www.rfc-editor.org/rfc/rfc9110#section-8.3',
  why: 'HTTP libraries of several languages add the parameter by themselves.',
  breaks: [],
  fix: 'Compare the media type, not the whole header.',
  control: 'headers/base',
  variant: 'headers/charset',
});

const extraHeaders = acceptance({
  id: 'http.request.extra-headers',
  level: 'must',
  layer: 'http',
  requirement: 'Headers that the server does not know are ignored: x-stainless-*, tracing, browser access and session headers.',
  covers: ['http.request.extra-headers-tolerated'],
  source: 'https://github.com/anthropics/anthropic-sdk-typescript/blob/main/src/client.ts',
  breaks: [sdkTypescript('every request fails'), sdkPython('every request fails'), claudeCode('every request fails')],
  control: 'headers/base',
  variant: 'headers/extra',
});

const headerCase = acceptance({
  id: 'http.request.header-case',
  level: 'must',
  layer: 'http',
  requirement: 'Header names are matched whatever their case.',
  covers: ['http.request.header-case'],
  source: 'https://www.rfc-editor.org/rfc/rfc9110#section-5.1',
  why: 'Some HTTP libraries capitalise names, HTTP/2 proxies write them in lower case.',
  breaks: [],
  control: 'headers/base',
  variant: 'headers/case',
});

const betaList = acceptance({
  id: 'http.request.beta-list',
  level: 'must',
  layer: 'http',
  requirement:
    'An anthropic-beta header with several names, separated by commas and spaces, is accepted; names of features that are standard by now change nothing.',
  covers: ['beta.header-list', 'beta.retired-values-accepted', 'sdk.betas.header'],
  source: betaHeaders,
  breaks: [claudeCode('every request fails, it sends half a dozen names'), sdkTypescript('requests with betas fail')],
  control: 'headers/base',
  variant: 'headers/beta-list',
});

const unknownBeta = acceptance({
  id: 'http.request.unknown-beta',
  // The official service refuses unknown names, but it is also the one that knows them all.
  level: 'may',
  layer: 'http',
  requirement: 'A beta name that the server does not know is ignored.',
  covers: ['beta.unknown-value'],
  source: betaHeaders,
  breaks: [claudeCode('fails with a server that is older than the client: new versions send new names')],
  control: 'headers/base',
  variant: 'headers/beta-unknown',
});

const unicode = acceptance({
  id: 'http.request.unicode',
  level: 'must',
  layer: 'http',
  requirement: 'Text beyond ASCII is accepted in a request, also as escaped surrogate pairs.',
  covers: ['http.request.unicode'],
  source: 'https://www.rfc-editor.org/rfc/rfc8259#section-7',
  breaks: [claudeCode('a file with an emoji ends the session'), sdkPython('non-English prompts fail')],
  control: 'unicode/base',
  variant: 'unicode/text',
});

export const requestChecks: readonly Check[] = [charset, extraHeaders, headerCase, betaList, unknownBeta, unicode];
