/** Pages about the Models API. */
export const modelDocs = {
  list: 'https://platform.claude.com/docs/en/api/models-list',
  retrieve: 'https://platform.claude.com/docs/en/api/models',
} as const;
