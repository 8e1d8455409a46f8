import Type, { type TProperties, type TSchema } from 'typebox'

/** An identifier made by the server. */
export const Id = (description: string) =>
  Type.String({ minLength: 1, maxLength: 64, pattern: '^[0-9A-Za-z_.:-]+$', description })

/** RFC 3339 in UTC with milliseconds. */
export const Time = (description: string) => Type.String({ format: 'date-time', maxLength: 40, description })

export const Text = (maxLength: number, description: string) => Type.String({ minLength: 1, maxLength, description })

/** Extension or E.164 number. */
export const NumberText = (description: string) =>
  Type.String({ minLength: 1, maxLength: 32, pattern: '^\\+?[0-9*#]+$', description })

/** A host name (RFC 1123) in lower case. */
export const DomainName = (description: string) =>
  Type.String({
    minLength: 1,
    maxLength: 253,
    pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$',
    description,
  })

/** Part of a login or SIP address before the @. */
export const NamePart = (description: string) =>
  Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-z0-9][a-z0-9._+-]*$', description })

/** One of a few words. */
export const OneOf = <const Words extends string[]>(words: readonly [...Words], description: string) =>
  Type.Enum(words, { description })

/** An object that has these fields and no others. */
export const Closed = <P extends TProperties>(properties: P, options: { title?: string; description?: string } = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options })

/** In a PATCH: absent leaves it, null takes it away (RFC 7396). */
export const Clearable = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))

/** A page of a list. `next` is there when more follows: send it back to go on. */
export const Page = <T extends TSchema>(item: T) =>
  Closed({
    items: Type.Array(item),
    next: Type.Optional(
      Type.String({ maxLength: 300, description: 'Send as `after` (history: `before`) for the next page.' }),
    ),
  })

export const pageQuery = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1000, description: 'Entries of one page; 200 by default.' }),
  ),
  after: Type.Optional(Type.String({ maxLength: 300, description: 'Where the page before ended: its `next`.' })),
}
