import { ApidoubleError } from '../core/index.ts';

/** Where the admin pages are, without a slash at the end, or `false`. Throws `ERR_OPTION` for what is no plain path. */
export function adminPathOf({
  adminPath = '/__apidouble',
}: {
  readonly adminPath?: string | false;
}): string | false {
  if (adminPath === false) return false;
  const path = adminPath.replace(/\/+$/, '');
  if (/^(?:\/[\w.~-]+)+$/.test(path)) return path;
  throw new ApidoubleError(
    'ERR_OPTION',
    `Cannot put the admin pages at "${adminPath}": that is no plain path. Give one such as /__apidouble.`,
  );
}
