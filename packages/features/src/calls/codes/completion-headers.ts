import type { CallState, Directory } from '@vaxel/core'
import type { ExtraHeaders } from '@vaxel/sip'
import { userPart } from '../caller-identity.ts'

const modeOf: Readonly<Record<number, 'BS' | 'NR'>> = { 486: 'BS', 600: 'BS', 480: 'NR', 408: 'NR' }

/**
 * Tells a colleague's telephone that it can wait until the person is free (RFC 6910 §5.1): where it subscribes to call-completion.
 * Nothing for callers from outside, and for calls to several people.
 */
export function completionHeaders(directory: Directory, { call }: CallState, status: number): ExtraHeaders {
  const mode = modeOf[status]
  const callee = call.called.userId === undefined ? undefined : directory.user(call.called.userId)
  const caller = call.caller.userId === undefined ? undefined : directory.user(call.caller.userId)
  if (!mode || !callee || !caller || callee.id === caller.id || callee.companyId !== caller.companyId) return []
  const number = userPart(callee.extension ?? callee.name)
  return [['Call-Info', `<sip:${number}@${callee.domain}>;purpose=call-completion;m=${mode}`]]
}
