/**
 * The proxy that the environment names for a URL: HTTPS_PROXY or HTTP_PROXY, small or capital letters, but for hosts that NO_PROXY
 * lists and for this machine's own.
 */
export function environmentProxy(
  target: string,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (url === undefined || isLoopback(url.hostname)) return undefined;
  const named = (name: string): string | undefined =>
    environment[name.toLowerCase()] || environment[name] || undefined;
  const proxy = url.protocol === 'https:' ? named('HTTPS_PROXY') : named('HTTP_PROXY');
  return isExcluded(url, named('NO_PROXY') ?? '') ? undefined : proxy;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}

function isExcluded({ hostname, port, protocol }: URL, list: string): boolean {
  const ownPort = port || (protocol === 'https:' ? '443' : '80');
  return list.split(/[\s,]+/).some((entry) => {
    if (entry === '*') return true;
    const [name = '', wanted] = entry
      .toLowerCase()
      .replace(/^\*?\./, '')
      .split(':');
    if (name === '' || (wanted !== undefined && wanted !== ownPort)) return false;
    return hostname === name || hostname.endsWith(`.${name}`);
  });
}
