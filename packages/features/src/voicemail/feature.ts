import type { CompanyId, UserId } from '@vaxel/base'
import type { OperationHandler } from '@vaxel/contract'
import type { Mailbox, Mailer, UserSettings, VoiceMessage, VoiceService } from '@vaxel/core'
import { voicemailHandlers } from './api.ts'
import { GreetingService } from './greeting-service.ts'
import { MailMessages } from './mail-messages.ts'
import { Mailboxes } from './mailboxes.ts'
import { MessageService } from './message-service.ts'
import type { VoicemailDependencies, VoicemailParts } from './parts.ts'
import { PinService } from './pin-service.ts'
import { SharedMailboxes } from './shared-mailboxes.ts'
import { telephoneService } from './telephone-service.ts'
import { type TellBrowsers, tellBrowsersOf } from './tell-browsers.ts'
import { VoicemailUpkeep } from './upkeep.ts'
import { WebService } from './web-service.ts'

export { WaitingLamps } from './waiting-lamps.ts'

/** Messages that callers leave: at the telephone, over the API, by mail. */
export interface VoicemailFeature {
  readonly handlers: readonly OperationHandler[]
  /** Answers the number of voicemail. */
  readonly service: VoiceService
  /** Tells of each message that is new in a mailbox. */
  onLeft(listener: (message: VoiceMessage, box: Mailbox) => void): void
  /** Of a person's own mailbox, for the lamp. */
  counts(userId: UserId): { readonly newMessages: number; readonly savedMessages: number }
  /** What goes with a mail of this feature. */
  attachment(companyId: CompanyId, reference: string): Promise<Uint8Array | undefined>
  /** A message goes for good, because who left it wishes to be forgotten. */
  erase(message: VoiceMessage): Promise<void>
  /** Tells of each person whose own mailbox is not as it was. */
  onChange(listener: (userId: UserId) => void): void
  /** Makes messages of what was being said when the process ended. */
  start(): Promise<void>
  /** Resolves when what callers are saying now is kept. Call it when their calls have ended. */
  close(): Promise<void>
}

export function createVoicemail(
  dependencies: VoicemailDependencies & {
    /** Absent as long as there is none. */
    readonly mailer: () => Mailer | undefined
    /** Of the web app, for links in mails: `https://pbx.example`. */
    readonly baseUrl: string | undefined
    readonly settings: Pick<UserSettings, 'get'>
    /** Nobody's browsers are told if absent. */
    readonly tell?: TellBrowsers
  },
): VoicemailFeature {
  const { clock, store, directory } = dependencies
  const boxes = new Mailboxes({ ...dependencies, now: () => clock.now() })
  const messages = new MessageService({ ...dependencies, boxes })
  const greetings = new GreetingService({ ...dependencies, boxes })
  const pins = new PinService({ ...dependencies, boxes })
  const parts: VoicemailParts = { ...dependencies, boxes, messages, greetings, pins }
  const mails = new MailMessages({ ...dependencies, boxes, messages })
  const { tell } = dependencies
  if (tell) tellBrowsersOf({ ...dependencies, boxes, messages, tell })
  const upkeep = new VoicemailUpkeep({ ...dependencies, boxes, messages })
  const answer = telephoneService(parts)
  const running = new Set<Promise<void>>()
  return {
    handlers: voicemailHandlers(parts, new WebService(parts), new SharedMailboxes({ ...dependencies, boxes })),
    service: (line) => {
      const visit = answer(line)
      const forget = () => void running.delete(visit)
      running.add(visit)
      visit.then(forget, forget)
      return visit
    },
    onLeft: (listener) => messages.onLeft(listener),
    counts: (userId) => {
      const user = directory.user(userId)
      return user ? store.counts(boxes.ofUser(user).id) : { newMessages: 0, savedMessages: 0 }
    },
    attachment: (companyId, reference) => mails.attachment(companyId, reference),
    erase: (message) => messages.erase(message, 'erasure'),
    onChange: (listener) =>
      void boxes.onChange(({ userId }) => {
        if (userId !== undefined) listener(userId)
      }),
    start: () => upkeep.start(),
    close: async () => {
      await Promise.allSettled(running)
      await upkeep.close()
    },
  }
}
