import type { CompanyId, UserId } from '@vaxel/base'
import { mailColleague, NotFound, type OperationHandler, perform } from '@vaxel/contract'
import type { Directory, Mailer } from '@vaxel/core'
import { writeMail } from './write-mail.ts'

/** What attendants do for people who are not there, beyond the telephone and the chat. */
export interface AttendantFeature {
  readonly handlers: readonly OperationHandler[]
}

export function createAttendant({
  directory,
  mailer,
}: {
  readonly directory: Pick<Directory, 'user'>
  readonly mailer: Mailer
}): AttendantFeature {
  return {
    handlers: [
      perform(mailColleague, async ({ principal, params, body }) => {
        const receiver = directory.user(params.userId as UserId)
        if (receiver?.companyId !== principal.companyId) return NotFound()
        if (receiver.email === undefined) return { isMailed: false }
        const from = directory.user(principal.userId as UserId)?.displayName ?? ''
        await mailer.queue(
          principal.companyId as CompanyId,
          writeMail({ to: receiver.email, language: receiver.language, from, text: body.text }),
        )
        return { isMailed: true }
      }),
    ],
  }
}
