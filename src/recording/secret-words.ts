const telling =
  /^(?:proxy-)?authorization$|^(?:set-)?cookie$|password|passwd|secret|token|api[-_]?key|signature|session|csrf/i;

/** In bodies names are meant more loosely (`token_type`, `session_duration`), so only those that end in the word count. */
const tellingInBody =
  /(?:password|passwd|passphrase|secret|token|apikey|accesskey|privatekey|signingkey|credentials?|authorization|sessionid|sessionkey|jwt)\d*$/i;

/** Not a credential but a place in a list. */
const pageToken = /(?:page|next|previous|prev|continuation|sync|cursor|resume)[-_]?token$/i;

/** Whether the name of a header, a query key or a cookie tells of a credential. */
export function isSecret(name: string): boolean {
  return telling.test(name) && !pageToken.test(name);
}

/** The same of the name of a property, or of a variable in a path. */
export function isSecretInBody(name: string): boolean {
  return tellingInBody.test(name.replaceAll(/[-_ ]/g, '')) && !pageToken.test(name);
}
