import { createHash } from 'node:crypto'
import {
  isRefusal,
  makeId,
  Pace,
  type RandomBytes,
  randomToken,
  type Refusal,
  sourceOfAddress,
  TransientMap,
} from '@vaxel/base'
import {
  NotFound,
  type OperationReply,
  type OperationRequest,
  type openVisitorPhone,
  type readVisitorSite,
  type startVisitorChat,
  TooManyRequests,
  WebChatClosed,
  WebChatConsent,
  WebChatNoVoice,
  WebChatOver,
} from '@vaxel/contract'
import type { ChatSite, Language, WebChat, WebChatId } from '@vaxel/core'
import type { Conversations } from './conversations.ts'
import type { LiveChat } from './live-chat.ts'
import { eventOf, type WebChatParts } from './parts.ts'
import { messageView, type MessageView, type VisitorView, visitorView } from './views.ts'
import { webChatWords } from './words.ts'

const startPace = { burst: 10, perSecond: 1 / 30 } as const
const askPace = { burst: 120, perSecond: 4 } as const
/** By whoever asks for them, and to each address. */
const transcriptPace = { burst: 5, perSecond: 1 / 600 } as const
const writePace = { burst: 15, perSecond: 0.5 } as const
/** Of the whole server: each waits with a request. */
const mostOpen = 5000
const mostWaitMs = 25_000

type BeginWish = OperationRequest<typeof startVisitorChat>['body']
type Begun = OperationReply<typeof startVisitorChat> | Refusal

/** What visitors of websites may do: no login, a key for each conversation, and limits by address. */
export class VisitorService {
  readonly #parts: WebChatParts & { readonly random: RandomBytes }
  readonly #conversations: Conversations
  readonly #starts: Pace
  readonly #asks: Pace
  readonly #writes: Pace
  readonly #transcripts: Pace
  /** Conversations that are about to begin, by their key: asked for twice, they begin once. */
  readonly #beginning = new TransientMap<string, Promise<Begun>>()

  constructor(parts: WebChatParts & { readonly random: RandomBytes }, conversations: Conversations) {
    this.#parts = parts
    this.#conversations = conversations
    this.#starts = new Pace(parts.clock, startPace)
    this.#asks = new Pace(parts.clock, askPace)
    this.#writes = new Pace(parts.clock, writePace)
    this.#transcripts = new Pace(parts.clock, transcriptPace)
  }

  site(siteId: string, address: string, language: Language): OperationReply<typeof readVisitorSite> | Refusal {
    const tooOften = this.#often(this.#asks, address)
    if (tooOften) return tooOften
    const site = this.#parts.webChats.site(siteId)
    const isGone = site?.removedAtMs !== undefined
    const company = site && this.#parts.directory.company(site.companyId)
    if (!site || !company || (isGone && !this.#conversations.goesOnAt(siteId))) return NotFound()
    const { expectedMs } = this.#parts.workDesk.estimateOf(site.companyId, site.queueId, 'chat')
    const words = webChatWords[language]
    return {
      companyName: company.name,
      isOpen: !isGone && this.#parts.workDesk.isOpen(site.companyId, site.queueId),
      asks: site.asks,
      consent: site.consent === '' ? words.consent : site.consent,
      ...(site.privacyUrl === undefined ? {} : { privacyUrl: site.privacyUrl }),
      greeting: site.greeting === '' ? words.greeting : site.greeting,
      takesMessages: !isGone && site.offlineMail !== undefined,
      ...(expectedMs === undefined ? {} : { expectedSeconds: Math.round(expectedMs / 1000) }),
    }
  }

  async begin(siteId: string, wish: BeginWish, address: string): Promise<Begun> {
    const tooOften = this.#often(this.#starts, address)
    if (tooOften) return tooOften
    const site = this.#parts.webChats.site(siteId)
    if (!site) return NotFound()
    const { once } = wish
    if (once === undefined) return this.#begin(site, wish, randomToken(32, this.#parts.random))
    const key = hashOf(`${siteId} ${once}`)
    const underWay = this.#beginning.get(key)
    if (underWay) return underWay
    const begun = this.#beginOnce(site, wish, key)
    this.#beginning.set(key, begun)
    try {
      return await begun
    } finally {
      this.#beginning.delete(key)
    }
  }

  /** The reply to the first time may be lost on its way. */
  async #beginOnce(site: ChatSite, wish: BeginWish, key: string): Promise<Begun> {
    const known = await this.#find(key, 0)
    return known ? { key, chat: known } : this.#begin(site, wish, key)
  }

  async #begin(site: ChatSite, wish: BeginWish, key: string): Promise<Begun> {
    const { webChats, workDesk, clock, random } = this.#parts
    if (site.removedAtMs !== undefined) return WebChatClosed()
    if (!wish.hasAgreed) return WebChatConsent()
    if (!workDesk.isOpen(site.companyId, site.queueId)) return WebChatClosed()
    if (this.#conversations.count >= mostOpen) return TooManyRequests()
    const nowMs = clock.now()
    const chat: WebChat = {
      id: makeId<WebChatId>(nowMs, random),
      companyId: site.companyId,
      siteId: site.id,
      siteName: site.name,
      queueId: site.queueId,
      keyHash: hashOf(key),
      startedAtMs: nowMs,
      language: wish.language,
      transcripts: 0,
      keepUntilMs: nowMs + site.keepDays * 86_400_000,
      ...(wish.name?.trim() ? { name: wish.name.trim() } : {}),
      ...(wish.address === undefined ? {} : { address: wish.address }),
      ...(wish.page === undefined ? {} : { page: wish.page }),
    }
    const first = { chatId: chat.id, number: 1, atMs: nowMs, from: 'visitor' as const, text: wish.text }
    await webChats.put(
      chat,
      [first],
      eventOf('webChat.started', chat.companyId, nowMs, { chatId: chat.id, siteId: site.id }),
    )
    const live = this.#conversations.add(chat, [first])
    const item = await workDesk.add({
      companyId: chat.companyId,
      queueId: chat.queueId,
      channel: 'chat',
      reference: chat.id,
      language: chat.language,
      subject: wish.text.replace(/\s+/g, ' ').slice(0, 120),
      customer: {
        ...(chat.name === undefined ? {} : { name: chat.name }),
        ...(chat.address === undefined ? {} : { address: chat.address }),
      },
    })
    if (isRefusal(item)) {
      await this.#conversations.end(live, 'closed', 'system')
      return WebChatClosed()
    }
    if (live.state !== 'ended') await live.change({ itemId: item.id })
    return { key, chat: this.#view(live, 0) }
  }

  async read(
    key: string,
    { after = 0, seen }: { after?: number; seen?: number },
    address: string,
  ): Promise<VisitorView | Refusal> {
    const tooOften = this.#often(this.#asks, address)
    if (tooOften) return tooOften
    const live = this.#live(key)
    if (live) {
      live.saw()
      if (seen !== undefined) await live.news(seen, mostWaitMs)
      live.saw()
      return this.#view(live, after)
    }
    return (await this.#find(key, after)) ?? NotFound()
  }

  async write(
    key: string,
    { once, text }: { once: string; text: string },
    address: string,
  ): Promise<MessageView | Refusal> {
    const tooOften = this.#often(this.#writes, address)
    if (tooOften) return tooOften
    const live = this.#live(key)
    if (!live) return (await this.#parts.webChats.findByKey(hashOf(key))) ? WebChatOver() : NotFound()
    live.saw()
    const kept = await live.write({ from: 'visitor', once, text })
    return isRefusal(kept) ? kept : messageView(kept, this.#parts.directory)
  }

  types(key: string, address: string): Refusal | undefined {
    const tooOften = this.#often(this.#asks, address)
    if (tooOften) return tooOften
    this.#live(key)?.visitorTypes()
    return undefined
  }

  async end(key: string, address: string): Promise<Refusal | undefined> {
    const tooOften = this.#often(this.#asks, address)
    if (tooOften) return tooOften
    const live = this.#live(key)
    if (live) await this.#conversations.end(live, 'visitorEnded', 'customer')
    return undefined
  }

  async mailTranscript(key: string, to: string, address: string): Promise<Refusal | undefined> {
    const tooOften = this.#often(this.#writes, address)
    if (tooOften) return tooOften
    const chat = this.#live(key)?.chat ?? (await this.#parts.webChats.findByKey(hashOf(key)))
    if (!chat) return NotFound()
    // What a stranger wrote goes to whom the stranger says, in the company's name.
    const often = this.#often(this.#transcripts, address) ?? this.#often(this.#transcripts, to.toLowerCase())
    if (often) return often
    return (await this.#conversations.mailTranscript(chat.id, to)) ? undefined : TooManyRequests()
  }

  async phone(
    key: string,
    address: string,
    origin: string,
  ): Promise<OperationReply<typeof openVisitorPhone> | Refusal> {
    const tooOften = this.#often(this.#writes, address)
    if (tooOften) return tooOften
    const live = this.#live(key)
    if (!live) return NotFound()
    const phone = live.isVoiceOffered ? await this.#parts.phones?.open(live.chat, origin) : undefined
    if (!phone) return WebChatNoVoice()
    return {
      ...phone,
      webSockets: [...phone.webSockets],
      iceServers: phone.iceServers.map((server) => ({ ...server, urls: [...server.urls] })),
    }
  }

  async leaveMessage(
    siteId: string,
    { name, address: from, text }: { name?: string; address: string; text: string },
    address: string,
  ): Promise<Refusal | undefined> {
    const { webChats, mailer, clock, directory } = this.#parts
    const tooOften = this.#often(this.#starts, address)
    if (tooOften) return tooOften
    const site = webChats.site(siteId)
    if (!site) return NotFound()
    if (site.offlineMail === undefined || site.removedAtMs !== undefined) return WebChatClosed()
    const language = directory.usersOf(site.companyId)[0]?.language ?? 'en'
    const who = name?.trim() ? `${name.trim()} <${from}>` : from
    await mailer.queue(site.companyId, {
      to: site.offlineMail,
      subject: webChatWords[language].offlineSubject(site.name, oneLine(who)),
      text: `${who}\n\n${text}\n`,
    })
    this.#parts.log.info('a visitor left a message', { siteId, atMs: clock.now() })
    return undefined
  }

  #live(key: string): LiveChat | undefined {
    return this.#conversations.byKey(hashOf(key))
  }

  /** A conversation, also one that is over. */
  async #find(key: string, after: number): Promise<VisitorView | undefined> {
    const live = this.#live(key)
    if (live) return this.#view(live, after)
    const { webChats } = this.#parts
    const chat = await webChats.findByKey(hashOf(key))
    return chat && visitorView(chat, await webChats.messages(chat.id, after), undefined, this.#parts)
  }

  #view(live: LiveChat, after: number): VisitorView {
    return visitorView(live.chat, live.messagesAfter(after), live, this.#parts)
  }

  #often(pace: Pace, address: string): Refusal | undefined {
    const seconds = pace.take(sourceOfAddress(address))
    return seconds > 0 ? TooManyRequests(`Try again in ${seconds} s.`, { retryAfterSeconds: seconds }) : undefined
  }
}

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex')

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ').slice(0, 200)
