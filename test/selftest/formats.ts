import { isIPv4 } from 'node:net';

/** The formats that the document uses, as strict as their RFCs; written anew, so that the project's own are not their judge. */
export const strictFormats: Readonly<Record<string, (text: string) => boolean>> = {
  uuid: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
  date: isDate,
  'date-time': isDateTime,
  email: (text) => /^[^\s@<>",;]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text),
  uri: (text) => /^[a-z][a-z0-9+.-]*:/i.test(text) && isReference(text) && URL.canParse(text),
  'uri-reference': isReference,
  ipv4: isIPv4,
};

/** @see https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
function isDateTime(text: string): boolean {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-](\d\d):(\d\d))$/i.exec(text);
  if (match === null) return false;
  const [, date = '', hour, minute, second, offsetHour = '0', offsetMinute = '0'] = match;
  const inRange = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  return isDate(date) && inRange && Number(offsetHour) < 24 && Number(offsetMinute) < 60;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** @see https://www.rfc-editor.org/rfc/rfc3986#section-4.1 */
function isReference(text: string): boolean {
  return /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9a-f]{2})*$/i.test(text);
}
