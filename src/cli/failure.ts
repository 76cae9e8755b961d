import { CommanderError } from 'commander';
import { type ApidoubleError, isApidoubleError, printable } from '../core/index.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { Output } from './terminal.ts';

/** Says what went wrong and gives the exit code: a sentence for the user's errors, a stack for ours. */
export function reportFailure(error: unknown, output: Output): ExitCode {
  if (error instanceof CommanderError) return reportUsage(error, output);
  if (isApidoubleError(error) && error.code !== 'ERR_INTERNAL') {
    output.write(`${output.colors.red('error')} ${errorLine(error)}\n`);
    return exitCodes.misuse;
  }
  reportBug(error, output);
  return exitCodes.bug;
}

/** Prints the stack of a bug and asks for a report. */
export function reportBug(error: unknown, output: Output): void {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  output.write(
    `${stack}\n\nThis is a bug in Apidouble. Please report it to its maintainers, with the lines above.\n`,
  );
}

/** A thrown error on one line, the place in the document first: `api.yaml:3:7: Cannot …`. */
export function errorLine(error: ApidoubleError): string {
  const { location } = error;
  const message = printable(error.message);
  if (location === undefined) return message;
  const place = `${printable(location.file)}:${location.line}:${location.column}`;
  return message.includes(place) ? message : `${place}: ${message}`;
}

function reportUsage(error: CommanderError, output: Output): ExitCode {
  if (error.exitCode === 0) return exitCodes.done;
  const sentence = usageSentence(error);
  output.write(`${output.colors.red('error')} ${sentence}\n`);
  return exitCodes.misuse;
}

/** Commander's message in our words: what, why and the remedy. */
function usageSentence(error: CommanderError): string {
  if (error.code === 'commander.help')
    return 'Cannot run apidouble: no command was given. See apidouble --help.';
  const [first = '', hint = ''] = error.message.replace(/^error: /, '').split('\n');
  const quoted = /'([^']*)'/.exec(first)?.[1] ?? '';
  const suggestion = /Did you mean (?:one of )?([^?]*)\?/.exec(hint)?.[1];
  const remedy =
    suggestion === undefined ? 'See --help for all' : `Did you mean ${suggestion}? See --help for all`;
  switch (error.code) {
    case 'commander.unknownOption':
      return `Cannot use option "${printable(quoted)}": there is no such option. ${remedy}.`;
    case 'commander.unknownCommand':
      return `Cannot run command "${printable(quoted)}": there is no such command. ${remedy}.`;
    case 'commander.missingArgument':
      return `Cannot run the command: the argument <${quoted}> is missing. Name a file, a URL, or - for standard input.`;
    case 'commander.optionMissingArgument':
      return `Cannot use option "${quoted}": its value is missing. See --help${quoted.startsWith('-h,') ? ' (-h is the host)' : ''}.`;
    default:
      return `Cannot read the command line: ${printable(first)}. See --help.`;
  }
}
