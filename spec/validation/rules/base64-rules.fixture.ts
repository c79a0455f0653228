/** What the rules of `base64-rules.ts` take, and what they refuse. */
import { image, type RuleCases, user } from './request-parts.fixture.ts';

export const base64Cases: RuleCases = {
  'image-mismatch': {
    validity: 'unknown',
    taken: [{ messages: [user([image('iVBORw0KGgo=')])] }, { messages: [user([image('AAAA')])] }],
    refused: [[{ messages: [user([image('/9j/4AAQ')])] }, 'messages.0.content.0.source.media_type: must be the media type of the image']],
  },
  'base64-invalid': {
    taken: [{ messages: [user([image('iVBORw0KGgo=')])] }, { messages: [user([image('iVBORw0K\nGgo')])] }],
    refused: [
      [{ messages: [user([image('not base64!')])] }, 'messages.0.content.0.source.data: must be base64'],
      [{ messages: [user([image('AAA=A')])] }, 'messages.0.content.0.source.data: must be base64'],
      [{ messages: [user([image('AAAAA')])] }, 'messages.0.content.0.source.data: must be base64'],
    ],
  },
};
