import type { ContractFinding, ReportedPlace } from '../report.ts';

/** A file as a reader of the repository names it: relative to the root where it lies below, with forward slashes. */
export function relativeFile(file: string, root: string | undefined): string {
  const path = withoutScheme(file).replaceAll('\\', '/');
  if (root === undefined) return path;
  const folder = root.replaceAll('\\', '/').replace(/\/+$/, '');
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}

function withoutScheme(file: string): string {
  if (!file.startsWith('file://')) return file;
  try {
    return decodeURIComponent(new URL(file).pathname);
  } catch {
    return file;
  }
}

/** A place as editors and terminals link it: `openapi.yaml:120:13`. */
export function placeText(place: ReportedPlace, root?: string): string {
  return `${relativeFile(place.file, root)}:${place.line}:${place.column}`;
}

/** The operation as people call it: `GET /events/events/`. */
export function operationText(operation: ContractFinding['operation']): string {
  return `${operation.method.toUpperCase()} ${operation.path}`;
}
