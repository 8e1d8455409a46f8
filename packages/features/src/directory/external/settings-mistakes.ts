import type { Mistake } from '@vaxel/base'
import type { ExternalDirectorySettings } from '@vaxel/core'
import { filterMistake } from './filter-mistake.ts'

const pem = /^\s*(-----BEGIN CERTIFICATE-----[0-9A-Za-z+/=\s]+-----END CERTIFICATE-----\s*)+$/

/** Everything that is wrong with settings before anybody is asked. */
export function mistakesOf(settings: ExternalDirectorySettings, password: string | undefined): Mistake[] {
  const mistakes: Mistake[] = []
  const wrong = filterMistake(settings.filter)
  if (wrong !== undefined) mistakes.push({ path: '/filter', reason: wrong })
  // A login without a password is one without a name, to which servers say yes (RFC 4513 §5.1.2).
  if (settings.bindDn !== undefined && password === undefined)
    mistakes.push({ path: '/password', reason: 'is needed for the login; without a login leave its name empty' })
  if (settings.bindDn === undefined && password !== undefined)
    mistakes.push({ path: '/bindDn', reason: 'is needed for the password: who logs in' })
  if (settings.trusted !== undefined && !pem.test(settings.trusted))
    mistakes.push({ path: '/trusted', reason: 'is no certificate in PEM: begin with -----BEGIN CERTIFICATE-----' })
  return mistakes
}
