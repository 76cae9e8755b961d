export type * from './api-document.ts';
export { type DataFile, readDataFile } from './data-file.ts';
export { decodeText } from './decode-text.ts';
export { readExternalValue } from './external-value.ts';
export { compileJsonPath, isJsonPathFault, type SelectedNode } from './json-path.ts';
export { loadDocument } from './load-document.ts';
export type { LoadOptions } from './load-options.ts';
export { parseSource } from './parse-source.ts';
export { readData } from './read-data.ts';
