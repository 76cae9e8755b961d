/** Draws a seed for a run that was given none: nine digits, easy to read out and to type. */
export function drawSeed(): string {
  return String(Math.floor(Math.random() * 900_000_000) + 100_000_000);
}
