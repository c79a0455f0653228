// Generated from spec/schemas by scripts/generate.ts; change the schemas instead.

/** One broken keyword, as ajv describes it. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** True if the value fits; otherwise `errors` tells why, until the next call. */
export interface Validator {
  (value: unknown): boolean;
  errors: readonly SchemaError[] | null;
}

/** Errors kept of one value; with as many as this, others may have been dropped. */
export declare const mostErrors: number;

export declare const validateMessagesRequest: Validator;
export declare const validateCountTokensRequest: Validator;
export declare const validateMessage: Validator;
export declare const validateStreamEvent: Validator;
export declare const validateCountTokens: Validator;
export declare const validateModel: Validator;
export declare const validateModelsList: Validator;
export declare const validateError: Validator;
export declare const validateTool: Validator;
export declare const validateContentBlock: Validator;
export declare const validateContentBlockParam: Validator;
export declare const validateUsage: Validator;
