/** What stands before the entries of a HAR. */
export function harStart(version: string): string {
  const creator = JSON.stringify({ name: 'apidouble', version });
  return `{"log":{"version":"1.2","creator":${creator},"entries":[\n`;
}

/** What stands after them. */
export function harEnd(comment?: string): string {
  return comment === undefined ? '\n]}}\n' : `\n],"comment":${JSON.stringify(comment)}}}\n`;
}
