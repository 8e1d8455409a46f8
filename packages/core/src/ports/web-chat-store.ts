import type { Brand, CompanyId, UserId } from '@vaxel/base'
import type { ChatSiteId, QueueId, CentreWebsite } from '../acd/centre.ts'
import type { WorkItemId } from '../acd/work-item.ts'
import type { LedgerEvent } from './call-ledger.ts'
import type { Language } from './directory.ts'

export type WebChatId = Brand<'WebChatId'>

/** A website that shows a chat, as the company's contact centre has it published. */
export interface ChatSite extends CentreWebsite {
  readonly companyId: CompanyId
  /** Since when it is not published any more: nothing begins there, and what goes on does so to its end. */
  readonly removedAtMs?: number
}

/** A conversation with a visitor. */
export interface WebChat {
  readonly id: WebChatId
  readonly companyId: CompanyId
  readonly siteId: ChatSiteId
  readonly siteName: string
  /** SHA-256 of the key that makes somebody its visitor. */
  readonly keyHash: string
  readonly startedAtMs: number
  readonly endedAtMs?: number
  readonly name?: string
  readonly address?: string
  readonly language: Language
  readonly page?: string
  readonly itemId?: WorkItemId
  readonly queueId: QueueId
  readonly agentId?: UserId
  readonly transcripts: number
  readonly keepUntilMs: number
}

export type WebChatCode =
  | 'joined'
  | 'left'
  | 'returned'
  | 'ended'
  | 'visitorEnded'
  | 'visitorGone'
  | 'closed'
  | 'full'
  | 'voiceOffered'
  | 'voiceBegan'
  | 'voiceEnded'

/** One thing that was written, or that happened. */
export interface WebChatMessage {
  readonly chatId: WebChatId
  /** From 1, without gaps. */
  readonly number: number
  readonly atMs: number
  readonly from: 'visitor' | 'agent' | 'system'
  readonly userId?: UserId
  readonly text?: string
  readonly code?: WebChatCode
  /** Made by the sender, so that it is kept once. */
  readonly once?: string
}

/** Chats of websites. Sites are in memory; conversations that go on are kept by whoever owns them. Each change is durable when it resolves. */
export interface WebChatStore {
  site(id: string): ChatSite | undefined
  sitesOf(companyId: CompanyId): readonly ChatSite[]
  putSite(site: ChatSite, event: LedgerEvent): Promise<void>
  removeSite(site: ChatSite, event: LedgerEvent): Promise<void>
  /** The conversation with further messages, all or nothing. */
  put(chat: WebChat, messages: readonly WebChatMessage[], event?: LedgerEvent): Promise<void>
  find(id: string): Promise<WebChat | undefined>
  findByKey(keyHash: string): Promise<WebChat | undefined>
  /** In order; the first 500 after that number. */
  messages(id: WebChatId, after: number): Promise<readonly WebChatMessage[]>
  /** Not ended. */
  open(): Promise<readonly WebChat[]>
  /** Takes away what is kept no longer. @returns how many */
  erase(companyId: CompanyId, beforeMs: number, event: (count: number) => LedgerEvent): Promise<number>
}
