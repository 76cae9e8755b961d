import { describeContract } from '../../../src/vitest/index.ts';
import { notesServer } from '../../contract/notes.ts';

const server = notesServer();
server.notes.set(77, { id: 77, text: 'there' });

describeContract({
  config: true,
  cwd: import.meta.dirname,
  title: 'reading notes',
  target: server.target,
  include: ['GET *'],
});
