import type { CompanyId, UserId } from '@vaxel/base'
import type { Directory, UserSettings } from '@vaxel/core'
import type { Mailboxes } from './mailboxes.ts'
import { mailWords } from './mail-words.ts'
import { lengthOf, whoOf } from './message-words.ts'
import type { MessageService } from './message-service.ts'

/** Reaches the browsers of somebody, open or not. */
export type TellBrowsers = (
  to: { userId: UserId; companyId: CompanyId },
  message: { title: string; body: string; tag: string; path: string },
) => void

/** Tells the people of a mailbox of each new message, unless they do not want to hear of missed calls. */
export function tellBrowsersOf(options: {
  readonly boxes: Mailboxes
  readonly messages: MessageService
  readonly directory: Directory
  readonly settings: Pick<UserSettings, 'get'>
  readonly tell: TellBrowsers
}): void {
  const { boxes, messages, directory, settings, tell } = options
  messages.onLeft((message, box) => {
    for (const userId of boxes.listeners(box)) {
      const user = directory.user(userId)
      if (!user || settings.get(userId, 'notifications')?.missedCalls === false) continue
      const words = mailWords[user.language]
      tell(
        { userId, companyId: user.companyId },
        {
          title: words.subject({ who: whoOf(message, words), length: lengthOf(message.durationMs) }),
          body: box.userId ? '' : boxes.nameOf(box),
          tag: `voicemail ${message.id}`,
          path: `/voicemail/${box.id}/${message.id}`,
        },
      )
    }
  })
}
