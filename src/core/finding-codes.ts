/**
 * Every code that a finding about a message can have, but for `schema.<keyword>` (a value breaks that keyword). Codes about
 * documents stand in `documentFaultCodes` and `lintCodes`. The manual's table is held equal to these.
 */
export const findingCodes = {
  'route.not-found': 'The document has no path for the request.',
  'route.method-not-allowed': 'The path is in the document, but not with this method.',
  'parameter.missing': 'A required parameter was not sent.',
  'wire.percent-encoding': 'A text is not valid percent-encoding.',
  'wire.utf-8': 'A text is not valid UTF-8.',
  'wire.style': 'A parameter is not written in the style that the document gives it.',
  'wire.repeated': 'A parameter that holds one value was sent several times.',
  'wire.depth': 'A parameter nests deeper than is read.',
  'body.missing': 'A required body was not sent.',
  'body.media-type': 'The media type of the body is not one that the document lists.',
  'body.content-coding': 'The body is not what its Content-Encoding says.',
  'body.malformed': 'The body cannot be parsed as its media type.',
  'body.charset': 'The body is not in the character set that it names, or in one that is not known.',
  'body.depth': 'The body nests deeper than is read.',
  'body.duplicate-key': 'An object of the body has one key twice.',
  'body.boundary': 'A multipart body has no usable boundary, or does not end.',
  'body.part-name': 'A part of a multipart body has no name.',
  'body.part-content-type': 'A part of a multipart body has another media type than the document lists.',
  'body.part-header': 'A part of a multipart body lacks a header.',
  'body.transfer-encoding': 'A part of a multipart body is not encoded as it says.',
  'body.doctype': 'An XML body has a document type declaration, which is not read.',
  'body.xml-root': 'The root of an XML body has another name than the document gives it.',
  'body.xml-namespace': 'An XML element stands in another namespace than the document gives it.',
  'body.xml-element': 'An XML element stands where the document has none.',
  'security.missing': 'No credential was sent.',
  'security.credential': 'The credential is not of the scheme, or not the good one.',
  'response.undocumented-status': 'The status is not one that the document lists.',
  'response.media-type': 'The media type of the answer is not one that the document lists.',
  'response.body-missing': 'The answer has no body, but the document gives it one.',
  'response.header-missing': 'The answer lacks a required header.',
  'callback.failed': 'A callback could not be sent, or was refused.',
  'example.unreadable': 'An example that stands in a file of its own cannot be read.',
} as const;

/** A code of the table above. */
export type FindingCode = keyof typeof findingCodes;
