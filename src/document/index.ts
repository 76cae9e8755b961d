export type * from './api-document.ts';
