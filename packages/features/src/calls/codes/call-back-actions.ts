import { isRefusal } from '@vaxel/base'
import { type Company, type Directory, resolveNumber, type ServiceLine, type User } from '@vaxel/core'
import type { CallBacks } from './call-backs.ts'
import { sayOnly } from './feature-service.ts'

/** The person of a company whose number or login this is. */
export function personAt(directory: Directory, company: Company, asked: User, number: string): User | undefined {
  const resolved = resolveNumber(directory, company, asked.domain, number)
  if (resolved.kind === 'user') return resolved.user
  const target = resolved.kind === 'own' ? resolved.number.target : undefined
  return target?.kind === 'user' ? directory.user(target.userId) : undefined
}

/** `campOn`: the person dialled after the code, else the one who was tried last. `campOnCancel`: all of the caller's. */
export function callBackActions(backs: CallBacks, directory: Directory) {
  return {
    async campOn(line: ServiceLine, argument: string): Promise<void> {
      const { user } = line
      const failed = user && argument === '' ? backs.last.of(user.id) : undefined
      const callee = failed
        ? directory.user(failed.userId)
        : user && argument !== ''
          ? personAt(directory, line.company, user, argument)
          : undefined
      if (!user || !callee) return sayOnly(line, 'camp-on-no-call')
      const set = await backs.set(user, callee, failed?.reason ?? 'busy')
      if (isRefusal(set)) return sayOnly(line, 'feature-not-possible')
      line.note('call-back-set', `${user.displayName} is called when ${callee.displayName} is free.`, {
        who: user.displayName,
        name: callee.displayName,
      })
      await sayOnly(line, 'camp-on-set')
    },
    async cancel(line: ServiceLine): Promise<void> {
      if (line.user) backs.cancel(line.user.id)
      await sayOnly(line, 'camp-on-cancelled')
    },
  }
}
