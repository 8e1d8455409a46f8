import type { TSchema } from 'typebox'
import { Settings } from 'typebox/system'
import { Errors } from 'typebox/value'
import { escapePointer } from './json-text.ts'
import { type Mistakes, mostMistakes } from './read-file.ts'
import { reasonOfPattern } from './shapes.ts'

Settings.Set({ maxErrors: mostMistakes })

interface Fault {
  readonly keyword: string
  readonly instancePath: string
  readonly message: string
  readonly params: Readonly<Record<string, unknown>>
}

/**
 * Adds what does not fit a schema, in words that say what to do.
 * @param path pointer to the value in its file
 * @returns whether it fits
 */
export function checkSchema(schema: TSchema, value: unknown, path: string, mistakes: Mistakes): boolean {
  const faults = Errors(schema, value) as unknown as readonly Fault[]
  // Of alternatives that all fail, typebox tells each one's mistake first; one sentence for all says more.
  const alternatives = new Set(faults.filter(({ keyword }) => keyword === 'anyOf').map((fault) => fault.instancePath))
  for (const fault of faults) {
    const here = path + fault.instancePath
    if (fault.keyword === 'required') {
      for (const name of fault.params['requiredProperties'] as readonly string[])
        mistakes.add(`${here}/${escapePointer(name)}`, 'is missing')
      continue
    }
    if (fault.keyword === 'anyOf') mistakes.add(here, alternativesOf(schema, fault.instancePath))
    else if (!alternatives.has(fault.instancePath)) {
      const reason = reasonOf(fault)
      if (reason !== undefined) mistakes.add(here, reason)
    }
  }
  return faults.length === 0
}

function reasonOf({ keyword, message, params }: Fault): string | undefined {
  const limit = Number(params['limit'])
  switch (keyword) {
    // Told by its own path ("schema is false").
    case 'additionalProperties':
      return undefined
    case 'boolean':
      return 'is not known here; remove it or correct its name'
    case 'enum':
      return `must be one of ${(params['allowedValues'] as readonly string[]).join(', ')}`
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])}`
    case 'type':
      return `must be ${typeWords[String(params['type'])] ?? String(params['type'])}`
    case 'pattern':
      return reasonOfPattern(patternOf(params['pattern']))
    case 'minLength':
      return limit === 1 ? 'must not be empty' : `must have at least ${limit} characters`
    case 'maxLength':
      return `must not be longer than ${limit} characters`
    case 'minimum':
      return `must be at least ${limit}`
    case 'maximum':
      return `must be at most ${limit}`
    case 'minItems':
      return limit === 1 ? 'must not be empty' : `must have ${limit} entries`
    case 'maxItems':
      return `must not have more than ${limit} entries`
    case 'maxProperties':
      return `must not have more than ${limit} fields`
    default:
      return message
  }
}

const patternOf = (given: unknown): string => (given instanceof RegExp ? given.source : String(given))

const typeWords: Readonly<Record<string, string>> = {
  object: 'an object {…}',
  array: 'a list […]',
  string: 'a text in double quotes',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
}

/** What may stand where none of several schemas fits: the description of the place, which says so for each. */
function alternativesOf(schema: TSchema, pointer: string): string {
  let here = schema as unknown as Readonly<Record<string, unknown>> | undefined
  for (const part of pointer.split('/').slice(1)) {
    const { properties, items, patternProperties } = (here ?? {}) as {
      properties?: Record<string, Record<string, unknown>>
      items?: Record<string, unknown> | Record<string, unknown>[]
      patternProperties?: Record<string, Record<string, unknown>>
    }
    here =
      properties && Object.hasOwn(properties, part)
        ? properties[part]
        : Array.isArray(items)
          ? items[Number(part)]
          : (items ?? Object.values(patternProperties ?? {})[0])
  }
  const { anyOf, description } = (here ?? {}) as { anyOf?: readonly Record<string, unknown>[]; description?: string }
  const kinds = (anyOf ?? []).map((one) =>
    'const' in one ? JSON.stringify(one['const']) : (typeWords[String(one['type'])] ?? 'something else'),
  )
  const choice = `must be ${kinds.join(' or ')}`
  return description === undefined ? choice : `${choice}: ${description}`
}
