import { readHeaderParameters } from '../message/header-parameters.ts'
import { isToken } from '../message/characters.ts'
import type { Parameters } from '../message/uri.ts'

/** Value of Event (RFC 6665 §8.2.1). */
export interface EventHeader {
  /** As written; package names are compared exactly. */
  readonly name: string
  readonly id: string | undefined
}

/** Undefined when malformed. @example parseEvent('reg;id=5') // { name: 'reg', id: '5' } */
export function parseEvent(value: string): EventHeader | undefined {
  const semicolon = value.indexOf(';')
  const name = (semicolon < 0 ? value : value.slice(0, semicolon)).trim()
  const parameters: Parameters = new Map()
  if (!isToken(name) || (semicolon >= 0 && !readHeaderParameters(value, semicolon, parameters, undefined)))
    return undefined
  return { name, id: parameters.get('id') }
}

export const formatEvent = (event: EventHeader): string =>
  event.id === undefined ? event.name : `${event.name};id=${event.id}`
