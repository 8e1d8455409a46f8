import type { Clock, Logger, RandomBytes } from '@vaxel/base'
import type { Credentials, Directory, Notices, VoiceFiles, VoicemailStore } from '@vaxel/core'
import type { Mailboxes } from './mailboxes.ts'
import type { MessageService } from './message-service.ts'
import type { GreetingService } from './greeting-service.ts'
import type { PinService } from './pin-service.ts'

/** What voicemail is built from. */
export interface VoicemailDependencies {
  readonly store: VoicemailStore
  readonly files: VoiceFiles
  readonly directory: Directory
  readonly credentials: Pick<Credentials, 'hashPassword' | 'verifyPassword'>
  readonly notices: Pick<Notices, 'publish'>
  readonly clock: Clock
  readonly random: RandomBytes
  readonly log: Logger
}

/** What its services at the telephone share. */
export interface VoicemailParts extends VoicemailDependencies {
  readonly boxes: Mailboxes
  readonly messages: MessageService
  readonly greetings: GreetingService
  readonly pins: PinService
}
