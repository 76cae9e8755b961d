/** Tries subjects, as it is told, in a process of its own. */
import { createGrounds } from './grounds.ts';
import { runSubject, type Subject } from './runner.ts';

/** What a worker is told to do. */
export interface Order {
  readonly ground: string;
  readonly subject: Subject;
}

const seeds = JSON.parse(process.argv[2] ?? '[1]') as readonly number[];
const grounds = new Map(createGrounds(seeds).map((ground) => [ground.name, ground]));

process.on('message', ({ ground: name, subject }: Order) => {
  const ground = grounds.get(name);
  if (ground === undefined) throw new Error(`There is no ground "${name}".`);
  void runSubject(ground, subject, () => performance.now()).then((run) => process.send?.(run));
});
process.on('disconnect', () => process.exit(0));
