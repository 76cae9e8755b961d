/** Whether a pattern may take exponential time in a backtracking engine. */
export function isDangerousPattern(pattern: string): boolean {
  return /[+*}][^(]{0,80}\)[+*{]/.test(pattern);
}
