/** Every code that a thrown `ApidoubleError` can have, and when it is thrown. The README's table is held equal to this one. */
export const errorCodes = {
  ERR_DOCUMENT_UNREADABLE:
    'The document (or a file it refers to) cannot be read: no such file, no access, no answer.',
  ERR_DOCUMENT_SYNTAX: 'The document is neither YAML nor JSON, or breaks the syntax.',
  ERR_DOCUMENT_VERSION: 'The document does not say that it is Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2.',
  ERR_DOCUMENT_EMPTY: 'The document has no operation.',
  ERR_OVERLAY: 'An overlay breaks its specification, or does not fit the document.',
  ERR_REFERENCE: 'A reference leads nowhere, or to a place that may not be read.',
  ERR_REFERENCE_HOST: 'A reference leads to a host that was not named.',
  ERR_SCHEMA_UNSATISFIABLE: 'No value satisfies the schema.',
  ERR_SCHEMA_INVALID: 'A schema cannot be compiled.',
  ERR_CODEC: 'A value cannot be written in the form that the document asks for.',
  ERR_FIXTURE: 'Data to begin with cannot be found, or is none that the document allows.',
  ERR_PORT_IN_USE: 'Something listens on the port already.',
  ERR_LISTEN: 'The server cannot listen on the address.',
  ERR_OPTION: 'An option has a value that cannot be used.',
  ERR_OPERATION_DISABLED: 'A fault of the document makes the operation unusable.',
  ERR_OPERATION_UNKNOWN: 'The document has no such operation.',
  ERR_SCENARIO: 'A scenario cannot be read, makes no sense, or has an answer that breaks the document.',
  ERR_EXPECTATION: 'A test expected calls that did not come, or not as they came.',
  ERR_RECORDING: 'A recording cannot be read or written, or another process writes it.',
  ERR_TARGET: 'Nothing listens where a contract run, or a webhook, was to go.',
  ERR_CONFIG: 'The configuration cannot be read, or has something that cannot be used.',
  ERR_HOOK: "A hook of the user's own threw.",
  ERR_LOGIN: 'Logging in before a run was refused, or gave nothing to go on with.',
  ERR_INTERNAL: 'A bug in Apidouble.',
} as const;

/** A code of the table above. */
export type ErrorCode = keyof typeof errorCodes;
