/** Objects of this shape inherit nothing, so no name can hit anything, and are quick to make: `Object.create(null)` is not. */
function Bare(): void {}
Bare.prototype = Object.create(null);

/** An empty object that inherits nothing: for names that a stranger chooses. */
export const BareRecord: new <Value>() => Record<string, Value> = Bare as unknown as new <Value>() => Record<
  string,
  Value
>;
