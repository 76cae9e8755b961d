export type * from './api-document.ts';
export { type DataFile, readDataFile } from './data-file.ts';
export { decodeText } from './decode-text.ts';
export { readExternalValue } from './external-value.ts';
export { type DocumentFaultCode, documentFaultCodes } from './fault-codes.ts';
export {
  compileJsonPath,
  isJsonPathFault,
  type JsonPath,
  type JsonPathFault,
  type SelectedNode,
} from './json-path.ts';
export { loadDocument } from './load-document.ts';
export type { LoadOptions } from './load-options.ts';
export { parseSource } from './parse-source.ts';
export { type ReadData, readData } from './read-data.ts';
