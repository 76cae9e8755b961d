/** What the process ends with. `--help` of every command lists them. */
export const exitCodes = { done: 0, findings: 1, misuse: 2, inconclusive: 3, bug: 70 } as const;

/** One of the codes above. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The part of a help page that says what each exit code means. */
export const exitCodesHelp: string = `
Exit codes:
  0   done
  1   findings (of the severity that was asked for, or above it)
  2   misuse, or input that cannot be read
  3   inconclusive
  70  a bug in Apidouble`;
