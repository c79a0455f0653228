/** A schema of which no grammar can be made. The text is a clause that goes on after "the model cannot be held to this schema: ". */
export class SchemaError extends Error {
  override name = 'SchemaError';
}

/** Too deep, too long, or alternatives that multiply. */
export class SchemaTooLargeError extends SchemaError {
  override name = 'SchemaTooLargeError';
}

/** No JSON text of any length follows the schema. */
export class SchemaUnsatisfiableError extends SchemaError {
  override name = 'SchemaUnsatisfiableError';

  constructor() {
    super('no value follows it');
  }
}
