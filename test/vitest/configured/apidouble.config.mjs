/** The configuration of the suites of this folder, which `configured-suite.test.ts` runs. */
export default {
  document: './notes.json',
  seed: 'suite',
  auth: { token: { env: 'NOTES_TOKEN' } },
  grades: { 'own.named': 'should' },
  checks: {
    named: {
      title: 'every answer names its server',
      operations: ['listNotes'],
      check: ({ response }) => response.headers.has('server'),
    },
    // Known, and borne with by the baseline.
    traced: { title: 'every note has a trace', operations: ['getNote'], check: () => false },
  },
  exampleData: { operations: { getNote: { path: { id: 77 } } } },
  baseline: 'known.yaml',
};
