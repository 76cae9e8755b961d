/** The length of a text in code points, as JSON Schema counts it. */
export function lengthOf(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit <= 0xdbff && isLowSurrogate(text.charCodeAt(index + 1))) index += 1;
    length += 1;
  }
  return length;
}

/** Whether a text has so many code points; they are counted only where the number of units leaves it open. */
export function fitsLength(text: string, minLength: number, maxLength: number): boolean {
  const units = text.length;
  if (units <= maxLength && units >= minLength * 2) return true;
  const length = lengthOf(text);
  return length >= minLength && length <= maxLength;
}

/** The first `count` code points of a text. */
export function cutText(text: string, count: number): string {
  if (text.length <= count) return text;
  let index = 0;
  for (let taken = 0; taken < count && index < text.length; taken += 1) {
    const unit = text.charCodeAt(index);
    index += unit >= 0xd800 && unit <= 0xdbff && isLowSurrogate(text.charCodeAt(index + 1)) ? 2 : 1;
  }
  return text.slice(0, index);
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
