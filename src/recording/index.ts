export { bodyText } from './body-text.ts';
export { createRecorder, type Recorder, type RecorderOptions } from './create-recorder.ts';
export { createHarCollector } from './har-collector.ts';
export { eachExchange, type Recording, readRecording } from './read-recording.ts';
export type { LeftOut, RecordedExchange } from './recorded-exchange.ts';
export { createRedactor, hidden, hideValues, type Redactor, type Secrets } from './redact.ts';
export { redactExchange, redactTarget } from './redact-exchange.ts';
export { type RedactedExchange, redactTold } from './redact-told.ts';
export { secretNames } from './secret-names.ts';
