import type { CallId, CompanyId } from '@vaxel/base'
import type { VoiceMessage, VoiceMessageId } from './voicemail-store.ts'
import type { WebChatId } from './web-chat-store.ts'

/** How somebody outside of a company is known in it. */
export interface PersonKeys {
  /** As they stand in calls: E.164, or as they came. */
  readonly numbers: readonly string[]
  /** Of mail, in lower case. */
  readonly addresses: readonly string[]
}

interface Step<Id> {
  readonly after?: Id
  /** Most that are looked at. */
  readonly limit: number
}

/** What was found in one step. */
export interface FoundSome<Thing, Id> {
  readonly found: readonly Thing[]
  /** Where the next step goes on; absent: everything was looked at. */
  readonly after?: Id
}

/** What is done can be erased; what goes on cannot yet. */
export interface CountedTraces {
  readonly done: number
  readonly open: number
}

/** Finds and erases what is kept of one person. Whatever erases resolves when it is durable. */
export interface PersonEraser {
  /** Calls in which one of these numbers took part, in order of their identifiers. */
  calls(
    companyId: CompanyId,
    numbers: readonly string[],
    step: Step<CallId>,
  ): Promise<FoundSome<{ readonly id: CallId; readonly isOver: boolean }, CallId>>
  /** With everything that hangs on them but recordings. */
  eraseCalls(ids: readonly CallId[]): Promise<void>
  /** Messages that one of these numbers has left. */
  voiceMessages(
    companyId: CompanyId,
    numbers: readonly string[],
    step: Step<VoiceMessageId>,
  ): Promise<FoundSome<VoiceMessage, VoiceMessageId>>
  /** Chats of websites in which one of these addresses was given; `address`: as it was written. */
  chats(
    companyId: CompanyId,
    addresses: readonly string[],
    step: Step<WebChatId>,
  ): Promise<FoundSome<{ readonly id: WebChatId; readonly address: string; readonly isOver: boolean }, WebChatId>>
  eraseChats(ids: readonly WebChatId[]): Promise<void>
  /** Visits of queues; remarks count as done. */
  visits(companyId: CompanyId, keys: PersonKeys): Promise<CountedTraces>
  /** Forgets who it was, and removes remarks. @returns how many, at most `limit` of each; fewer than that: there are no more */
  forgetVisits(companyId: CompanyId, keys: PersonKeys, limit: number): Promise<number>
  /** Conversations by mail. */
  mails(companyId: CompanyId, addresses: readonly string[]): Promise<CountedTraces>
  /** @returns how many, at most `limit` */
  eraseMails(companyId: CompanyId, addresses: readonly string[], limit: number): Promise<number>
}
