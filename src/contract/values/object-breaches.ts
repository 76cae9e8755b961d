import type { SchemaObject } from '../../schema/index.ts';
import { isPlain } from './at-steps.ts';
import { type Breach, breach, type Candidates } from './breach.ts';

/** An object beyond this is too big to send. */
const mostProperties = 300;

/** Objects that lack a property, or have one too many. */
export function objectBreaches(owner: SchemaObject): Breach[] {
  return [...requiredBreaches(owner), ...sizeBreaches(owner), ...extraBreaches(owner)];
}

function requiredBreaches(owner: SchemaObject): Breach[] {
  const found: Breach[] = [];
  for (const name of owner.required ?? []) {
    const schema = owner.properties?.[name];
    if (typeof schema === 'object' && schema.readOnly === true) continue;
    const candidates: Candidates = (value) => [without(value, name)];
    found.push(breach(owner, 'required', { name: `required.${name}`, words: `no ${name}`, candidates }));
  }
  for (const [name, others] of Object.entries(owner.dependentRequired ?? {})) {
    for (const other of others) {
      const candidates: Candidates = (value, tools) => {
        const trigger = owner.properties?.[name] ?? true;
        const there =
          isPlain(value) && Object.hasOwn(value, name)
            ? value
            : { ...plain(value), [name]: tools.make(trigger) };
        return [without(there, other)];
      };
      const words = `${name} without ${other}`;
      found.push(
        breach(owner, 'dependentRequired', { name: `dependentRequired.${name}.${other}`, words, candidates }),
      );
    }
  }
  return found;
}

function plain(value: unknown): Readonly<Record<string, unknown>> {
  return isPlain(value) ? value : {};
}

function without(value: unknown, name: string): unknown {
  return Object.fromEntries(Object.entries(plain(value)).filter(([one]) => one !== name));
}

function sizeBreaches(owner: SchemaObject): Breach[] {
  const found: Breach[] = [];
  const { minProperties = 0, maxProperties } = owner;
  if (minProperties > 0) {
    const candidates: Candidates = (value) => [
      Object.fromEntries(Object.entries(plain(value)).slice(0, minProperties - 1)),
    ];
    found.push(
      breach(owner, 'minProperties', { words: `fewer than ${minProperties} properties`, candidates }),
    );
  }
  if (maxProperties !== undefined && maxProperties < mostProperties) {
    const candidates: Candidates = (value) => [crowded(plain(value), maxProperties + 1)];
    found.push(
      breach(owner, 'maxProperties', { words: `more than ${maxProperties} properties`, candidates }),
    );
  }
  return found;
}

function crowded(value: Readonly<Record<string, unknown>>, size: number): unknown {
  const entries = Object.entries(value);
  const [, filler = 'a'] = entries[0] ?? [];
  for (let index = 0; entries.length < size; index += 1) {
    const name = `${String.fromCharCode(97 + (index % 26))}${'x'.repeat(Math.floor(index / 26) + 1)}`;
    if (!Object.hasOwn(value, name)) entries.push([name, filler]);
  }
  return Object.fromEntries(entries);
}

function extraBreaches(owner: SchemaObject): Breach[] {
  const found: Breach[] = [];
  const keyword = owner.additionalProperties === false ? 'additionalProperties' : 'unevaluatedProperties';
  if (owner[keyword] === false) {
    const candidates: Candidates = (value) => [{ ...plain(value), apidoubleExtra: 'x' }];
    found.push(breach(owner, keyword, { words: 'a property that is not allowed', candidates }));
  }
  if (owner.propertyNames !== undefined) {
    const candidates: Candidates = (value) => {
      const [[first, filler] = ['', 'a'], ...rest] = Object.entries(plain(value));
      return ['Apidouble Name!', '0', `${first}-`].map((name) => ({
        ...Object.fromEntries(rest),
        [name]: filler,
      }));
    };
    found.push(
      breach(owner, 'propertyNames', { words: 'a property with a name that is not allowed', candidates }),
    );
  }
  if (owner.discriminator !== undefined) {
    const name = owner.discriminator.propertyName;
    const candidates: Candidates = (value) => [{ ...plain(value), [name]: 'apidouble-none' }];
    found.push(breach(owner, 'discriminator', { words: `a ${name} that there is not`, candidates }));
  }
  return found;
}
