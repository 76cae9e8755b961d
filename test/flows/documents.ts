/** A small API: a list, one, a create with a body, one behind a token. */
export const shop = `openapi: 3.1.0
info: { title: Shop, version: '1.0' }
servers:
  - url: /api/v1/
security:
  - token: []
paths:
  /items/:
    get:
      operationId: items_list
      security: []
      parameters:
        - { name: page, in: query, required: true, schema: { type: integer, minimum: 1 } }
      responses:
        '200':
          description: All.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Item' } }
    post:
      operationId: items_create
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Item' }
      responses:
        '201':
          description: Made.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Item' }
        '401':
          description: No.
  /items/{id}/:
    get:
      operationId: items_retrieve
      parameters:
        - { name: id, in: path, required: true, schema: { type: string, format: uuid } }
      responses:
        '200':
          description: One.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Item' }
    delete:
      operationId: items_destroy
      parameters:
        - { name: id, in: path, required: true, schema: { type: string, format: uuid } }
      responses:
        '204':
          description: Gone.
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
  schemas:
    Item:
      type: object
      required: [name, price]
      properties:
        name: { type: string, minLength: 1 }
        price: { type: integer, minimum: 0 }
`;

/** An API of one operation that answers with a constant. */
export function constantApi(value: string): string {
  return `openapi: 3.1.0
info: { title: Constant, version: '1' }
paths:
  /value:
    get:
      responses:
        '200':
          description: The value.
          content:
            application/json:
              schema: { const: ${value} }
`;
}
