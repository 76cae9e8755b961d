/**
 * Asserts the status of a call and gives the body that the document types for it. Throws with the server's own words otherwise.
 *
 * @example const page = expectStatus(await api.get('/events/events/'), 200);
 */
export function expectStatus<
  Result extends { readonly status: number; readonly body: unknown },
  Status extends Result['status'],
>(result: Result, status: Status): Extract<Result, { readonly status: Status }>['body'] {
  if (result.status === status) return result.body;
  const words = JSON.stringify(result.body)?.slice(0, 500) ?? 'nothing';
  throw new Error(`The status is ${result.status}, not ${status}: ${words}`);
}
