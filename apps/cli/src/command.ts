import type { ApiClient } from './api-client.ts'
import type { Output } from './output.ts'

/** An option of a command; `value` is the name of what follows it, absent for a switch. */
export interface Option {
  readonly value?: string
  readonly about: string
}

/** Options and arguments as they were typed. */
export interface Typed {
  /** By name, in lower case as in the usage line. */
  readonly words: Readonly<Record<string, string>>
  readonly options: Readonly<Record<string, string | true | undefined>>
}

export interface Running {
  readonly api: ApiClient
  readonly out: Output
  /** Print JSON and nothing else. */
  readonly json: boolean
  readonly environment: NodeJS.ProcessEnv
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

export interface Command {
  /** `user add` */
  readonly name: string
  /** Arguments in order, upper case in the usage line; a `?` at the end makes one optional. */
  readonly words?: readonly string[]
  readonly options?: Readonly<Record<string, Option>>
  readonly summary: string
  /** Further lines of its help. */
  readonly details?: string
  run(typed: Typed, running: Running): Promise<void>
}

/** The text of an option that takes a value. */
export function textOf({ options }: Typed, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

/** Prints JSON when asked for, else what a person reads. */
export function tell<T>({ out, json }: Running, value: T, forPeople: (value: T) => string): void {
  out.line(json ? JSON.stringify(value, undefined, 2) : forPeople(value))
}
