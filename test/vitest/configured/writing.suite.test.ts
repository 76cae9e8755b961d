import { describeContract } from '../../../src/vitest/index.ts';
import { notesServer } from '../../contract/notes.ts';

describeContract({
  config: 'apidouble.config.mjs',
  cwd: import.meta.dirname,
  title: 'writing notes',
  target: notesServer().target,
  writes: true,
  include: ['createNote', 'deleteNote'],
});
