import type { HttpResponse } from '../../../src/http/index.ts';
import type { Change } from '../breach/breach.ts';
import { editHeader, editMember } from '../breach/edit.ts';
import type { Call, Handler } from '../server/call.ts';
import { copyOf } from '../server/room.ts';

/** A handler put around another. */
export type Around = (handler: Handler) => Handler;

/** Gives each answer this ETag. */
export function withTag(tag: string): Around {
  return answering((response) => editHeader(response, 'ETag', tag));
}

/** Changes each good answer. */
export function answering(edit: (response: HttpResponse, call: Call) => HttpResponse): Around {
  return (handler) => async (call) => {
    const response = await handler(call);
    return response.status < 300 ? edit(response, call) : response;
  };
}

/** Changes a member of each good answer. */
export function changing(at: string, change: Change): Around {
  return answering((response) => editMember(response, at, change));
}

/** Answers as if all was well, and leaves everything as it was. */
export const forgetting: Around = (handler) => async (call) => {
  const before = copyOf(call.room.state);
  const response = await handler(call);
  call.room.state = before;
  return response;
};

/** Does something to the room after each good answer. */
export function afterwards(act: (call: Call, response: HttpResponse) => void): Around {
  return answering((response, call) => {
    act(call, response);
    return response;
  });
}

/** Lets the handler see another call than was made. */
export function hearing(change: (call: Call) => Partial<Call>): Around {
  return (handler) => (call) => handler({ ...call, ...change(call) });
}

/** The call with some of its values changed; `undefined` removes one. */
export function withValues(call: Call, changes: Readonly<Record<string, unknown>>): Partial<Call> {
  const values = new Map(call.values);
  for (const [place, value] of Object.entries(changes)) {
    if (value === undefined) values.delete(place);
    else values.set(place, value);
  }
  return { values };
}

/** The JSON of an answer. */
export function jsonOf(response: HttpResponse): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(response.body).toString('utf8'));
}
