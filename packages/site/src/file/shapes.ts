import Type, { type TProperties, type TSchema } from 'typebox'

/** Words that begin a reason where a text does not look as it must, by the pattern it failed. */
const looks = new Map<string, string>()

function pattern(source: string, reason: string): string {
  looks.set(source, reason)
  return source
}

/** What to write instead of a text that failed this pattern. */
export const reasonOfPattern = (source: string): string => looks.get(source) ?? `must look like ${source}`

// No control characters and no marks that turn the direction of writing: these texts become comments in firewall files.
const line = pattern(
  '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]*$',
  'must be one line without control characters or marks of writing direction',
)
const id = pattern(
  '^[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?$',
  'must be an id: 1 to 80 small letters, digits and hyphens, with no hyphen at the ends',
)
const optionId = pattern(
  '^[a-zA-Z][a-zA-Z0-9-]{0,59}$',
  'must be an id of up to 60 letters, digits and hyphens that begins with a letter',
)
const version = pattern('^[0-9]{10}$', 'must be ten digits, YYYYMMDDNN, for example 2026031501')
const day = pattern('^[0-9]{4}-[0-9]{2}-[0-9]{2}$', 'must be a day such as 2026-03-15')
const sourceDate = pattern(
  '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$',
  'must be a day, a month or a year: 2026-03-15, 2026-03 or 2026',
)
const instant = pattern(
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$',
  'must be an instant such as 2026-03-15T08:30:00Z',
)
const language = pattern('^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$', 'must be a language code such as en, sv or fr')
const fact = pattern(
  '^[a-zA-Z][a-zA-Z0-9-]*([.][a-zA-Z0-9-]+)?$',
  'must be the name of a fact, such as people.softphone or option.exchange',
)

/** One line that people read, up to `longest` characters. */
export const Line = (description: string, longest = 300) =>
  Type.String({ minLength: 1, maxLength: longest, pattern: line, description })
/** A value that may be empty. */
export const Value = (description: string, longest = 2000) =>
  Type.String({ maxLength: longest, pattern: line, description })
export const Id = (description: string) => Type.String({ pattern: id, description })
export const OptionId = (description: string) => Type.String({ pattern: optionId, description })
export const OptionIdPattern = optionId
export const FactName = (description: string) => Type.String({ maxLength: 120, pattern: fact, description })
export const Version = (description: string) => Type.String({ pattern: version, description })
export const Day = (description: string) => Type.String({ pattern: day, description })
export const SourceDate = (description: string) => Type.String({ pattern: sourceDate, description })
export const Instant = (description: string) => Type.String({ maxLength: 40, pattern: instant, description })
export const LanguageCode = (description: string) => Type.String({ pattern: language, description })
export const Port = (description: string) => Type.Integer({ minimum: 0, maximum: 65_535, description })
export const Count = (description: string, most = 10_000_000) =>
  Type.Integer({ minimum: 0, maximum: most, description })
export const Amount = (description: string, most = 1e12) => Type.Number({ minimum: 0, maximum: most, description })

/** An object that has these fields and no others. */
export const Closed = <P extends TProperties>(properties: P, options: { title?: string; description?: string } = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options })

/** One of a few words. */
export const OneOf = <const Words extends string[]>(words: readonly [...Words], description: string) =>
  Type.Enum(words, { description })

/** A list that is bounded. */
export const List = <T extends TSchema>(items: T, description: string, most = 1000) =>
  Type.Array(items, { maxItems: most, description })
/** A list with something in it. */
export const Some = <T extends TSchema>(items: T, description: string, most = 1000) =>
  Type.Array(items, { minItems: 1, maxItems: most, description })

export const Flag = (description: string) => Type.Boolean({ description })
export const Maybe = Type.Optional

/** A flag, a number or a text. */
export const Scalar = (description: string) =>
  Type.Union([Type.Boolean(), Type.Number({ minimum: -1e12, maximum: 1e12 }), Value('Text.', 300)], { description })
