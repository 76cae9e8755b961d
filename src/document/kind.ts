/** What stands at a place of a document, in the words of the specification. */
export type Kind =
  | 'document'
  | 'components'
  | 'pathItem'
  | 'operation'
  | 'parameter'
  | 'header'
  | 'requestBody'
  | 'response'
  | 'mediaType'
  | 'encoding'
  | 'example'
  | 'link'
  | 'callback'
  | 'securityScheme'
  | 'schema';

/** How a member holds its parts: one, a list, a mapping, or a mapping whose `x-…` keys are extensions. */
export type Holding = 'one' | 'list' | 'map' | 'patterned';

/** A member that holds parts of one kind. */
export interface Member {
  readonly holding: Holding;
  readonly kind: Kind;
}
