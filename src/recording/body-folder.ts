/** The folder beside a recording that long bodies go to. */
export function bodyFolderOf(file: string): string {
  return `${file}.bodies`;
}
