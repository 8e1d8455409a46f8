import type { Mistake } from '@vaxel/base'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'
import { Errors } from 'typebox/value'
import { narrow } from './narrow.ts'

/** All mistakes of a body at once, within reason. */
const mostMistakes = 100
Settings.Set({ maxErrors: mostMistakes })

/** Checks values against one schema; compiled once, when the first value comes. */
export interface Check {
  /** Empty when the value fits; else every mistake with the JSON pointer (RFC 6901) of its field. */
  mistakes(value: unknown): readonly Mistake[]
}

const none: readonly Mistake[] = []
/** For a schema and a value of which the two ways to check disagree; refusing is the safe side. */
const undecided: readonly Mistake[] = [{ path: '', reason: 'does not fit' }]

/** Nothing is compiled yet: of hundreds of operations a server meets few in its first minute, and its start would wait for all. */
export function compileCheck(schema: TSchema): Check {
  let validator: ReturnType<typeof Compile> | undefined
  return {
    mistakes(value) {
      validator ??= Compile(schema)
      if (validator.Check(value)) return none
      const found: Mistake[] = []
      for (const error of Errors(narrow(schema as unknown as Readonly<Record<string, unknown>>, value), value)) {
        const mistake = toMistake(error)
        if (mistake && !found.some((known) => known.path === mistake.path && known.reason === mistake.reason))
          found.push(mistake)
        if (error.keyword === 'required')
          for (const name of error.params.requiredProperties)
            found.push({ path: `${error.instancePath}/${escapePointer(name)}`, reason: 'is required' })
      }
      return found.length === 0 ? undecided : found.slice(0, mostMistakes)
    },
  }
}

interface Fault {
  readonly keyword: string
  readonly instancePath: string
  readonly message: string
  readonly params: object
}

function toMistake({ keyword, instancePath, message, params }: Fault): Mistake | undefined {
  // A field too many is told by its own path ("schema is false"), what is missing by its name.
  if (keyword === 'additionalProperties' || keyword === 'required') return undefined
  if (keyword === 'boolean') return { path: instancePath, reason: 'is not known here' }
  if (keyword === 'enum' && 'allowedValues' in params)
    return { path: instancePath, reason: `must be one of ${(params.allowedValues as string[]).join(', ')}` }
  return { path: instancePath, reason: message }
}

const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')
