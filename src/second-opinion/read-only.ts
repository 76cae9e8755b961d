import type { ApiOperation } from '../document/index.ts';
import { follow, type SchemaObject, walkSchemas } from '../schema/index.ts';
import type { Complaint } from './complaint.ts';
import { memberOf } from './says-the-same.ts';

/**
 * Whether a complaint is that a request lacks what is read-only. Prism takes read-only properties out of a schema, but not out of
 * the lists of required ones in its branches.
 */
export function asksForReadOnly(complaint: Complaint, { requestBody }: ApiOperation): boolean {
  const member = complaint.code === 'required' ? memberOf(complaint) : undefined;
  if (member === undefined || complaint.path[0] !== 'body') return false;
  const seen = new Set<SchemaObject>();
  let isReadOnly = false;
  for (const { schema } of requestBody?.content.values() ?? []) {
    walkSchemas(schema ?? true, seen, ({ properties = {} }) => {
      const property = Object.hasOwn(properties, member) ? follow(properties[member] ?? true) : true;
      if (typeof property === 'object' && property.readOnly === true) isReadOnly = true;
    });
  }
  return isReadOnly;
}
