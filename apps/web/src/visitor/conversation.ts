import { type Ask, type Chat, type Message, Refused, type Site } from './visitor-api.ts'

/** Kept for as long as the tab lives, once the visitor has begun. */
export interface Memory {
  get(): string | undefined
  set(key: string | undefined): void
}

/** Written, and not among the messages yet. */
export interface Unsent {
  readonly once: string
  readonly text: string
  /** As the server has it; what came before it is on its way. */
  readonly kept?: Message
}

export interface Shown {
  readonly phase: 'loading' | 'gone' | 'begin' | 'closed' | 'left' | 'talk' | 'over'
  readonly site: Site | undefined
  readonly chat: Chat | undefined
  /** From the first one on, without gaps. */
  readonly messages: readonly Message[]
  readonly unsent: readonly Unsent[]
  readonly isCut: boolean
}

const retryMs = 3000

/** A visitor's conversation: what the page shows, and what it does. Knows no document. */
export class Conversation {
  #shown: Shown = { phase: 'loading', site: undefined, chat: undefined, messages: [], unsent: [], isCut: false }
  readonly #ask: Ask
  readonly #memory: Memory
  readonly #siteId: string
  readonly #language: string
  readonly #draw: (shown: Shown) => void
  readonly #later: (ms: number, then: () => void) => void
  readonly #random: () => string
  #key: string | undefined
  #isSending = false
  /** By which a conversation begins once, until its outcome is known. */
  #once: string | undefined
  page: string | undefined

  constructor(parts: {
    readonly ask: Ask
    readonly memory: Memory
    readonly siteId: string
    readonly language: string
    readonly draw: (shown: Shown) => void
    readonly later: (ms: number, then: () => void) => void
    readonly random: () => string
  }) {
    this.#ask = parts.ask
    this.#memory = parts.memory
    this.#siteId = parts.siteId
    this.#language = parts.language
    this.#draw = parts.draw
    this.#later = parts.later
    this.#random = parts.random
  }

  get shown(): Shown {
    return this.#shown
  }

  get key(): string | undefined {
    return this.#key
  }

  async start(): Promise<void> {
    try {
      const site = await this.#ask<Site>('GET', `/sites/${encodeURIComponent(this.#siteId)}?language=${this.#language}`)
      this.#show({ site, isCut: false })
    } catch (error) {
      if (codeOf(error) === 'UNREACHABLE') {
        this.#show({ isCut: true })
        return this.#later(retryMs, () => void this.start())
      }
      return this.#show({ phase: 'gone' })
    }
    this.#key = this.#memory.get()
    if (this.#key !== undefined) return this.#follow()
    this.#show({ phase: this.#shown.site?.isOpen ? 'begin' : 'closed' })
  }

  /** Begins once, however often the reply is lost. @returns the refusal's code */
  async begin(wish: { name?: string; address?: string; text: string }): Promise<string | undefined> {
    this.#once ??= this.#random()
    try {
      const { key, chat } = await this.#ask<{ key: string; chat: Chat }>('POST', `/sites/${this.#siteId}/chats`, {
        hasAgreed: true,
        once: this.#once,
        language: this.#language,
        ...(this.page === undefined ? {} : { page: this.page.slice(0, 1000) }),
        ...wish,
      })
      this.#once = undefined
      this.#key = key
      this.#memory.set(key)
      this.#take(chat)
      // What was sent the first time was another text.
      const [first] = chat.messages
      if (first && first.text !== wish.text && this.#shown.phase === 'talk') this.write(wish.text)
      void this.#follow()
      return undefined
    } catch (error) {
      if (codeOf(error) === 'WEB_CHAT_CLOSED') {
        this.#once = undefined
        this.#show({ phase: 'closed' })
      }
      return codeOf(error)
    }
  }

  /** Shown at once, and sent until the server has it. */
  write(text: string): void {
    this.#show({ unsent: [...this.#shown.unsent, { once: this.#random(), text }] })
    void this.#send()
  }

  typing(): void {
    void this.#ask('POST', `/chats/${this.#key}/typing`).catch(() => {})
  }

  async end(): Promise<void> {
    await this.#ask('POST', `/chats/${this.#key}/end`).catch(() => {})
  }

  async mailTranscript(address: string): Promise<string | undefined> {
    return this.#do(`/chats/${this.#key}/transcript`, { address })
  }

  async leave(message: { name?: string; address: string; text: string }): Promise<string | undefined> {
    const refused = await this.#do(`/sites/${this.#siteId}/messages`, message)
    if (refused === undefined) this.#show({ phase: 'left' })
    return refused
  }

  /** Forgets what was said. */
  again(): void {
    this.#key = undefined
    this.#memory.set(undefined)
    this.#show({ chat: undefined, messages: [], unsent: [], phase: 'loading' })
    void this.start()
  }

  async #do(path: string, body: unknown): Promise<string | undefined> {
    try {
      await this.#ask('POST', path, body)
      return undefined
    } catch (error) {
      return codeOf(error)
    }
  }

  /** Asks again and again; each question waits on the server until something is new. */
  async #follow(): Promise<void> {
    const key = this.#key
    while (key !== undefined && key === this.#key) {
      const { chat } = this.#shown
      const seen = chat ? `?after=${this.#shown.messages.length}&seen=${chat.version}` : ''
      try {
        this.#take(await this.#ask<Chat>('GET', `/chats/${key}${seen}`))
        if (this.#shown.phase === 'over') return
      } catch (error) {
        if (key !== this.#key) return
        if (codeOf(error) === 'API_NOT_FOUND') return this.again()
        this.#show({ isCut: codeOf(error) === 'UNREACHABLE' })
        await new Promise<void>((done) => this.#later(retryMs, done))
        void this.#send()
      }
    }
  }

  async #send(): Promise<void> {
    if (this.#isSending) return
    this.#isSending = true
    const first = () => this.#shown.unsent.find(({ kept }) => kept === undefined)
    for (let next = first(); next; next = first()) {
      try {
        const kept = await this.#ask<Message>('POST', `/chats/${this.#key}/messages`, next)
        const { once } = next
        const unsent = this.#shown.unsent.map((one) => (one.once === once ? { ...one, kept } : one))
        this.#show({ ...inOrder({ ...this.#shown, unsent }, []), isCut: false })
      } catch (error) {
        // What is refused for good is not asked for again; the conversation says why.
        if (['WEB_CHAT_OVER', 'WEB_CHAT_FULL'].includes(codeOf(error))) this.#show({ unsent: [] })
        else this.#later(retryMs, () => void this.#send())
        break
      }
    }
    this.#isSending = false
  }

  #take(chat: Chat): void {
    this.#show({
      chat,
      ...inOrder(this.#shown, chat.messages),
      phase: chat.state === 'ended' ? 'over' : 'talk',
      isCut: false,
    })
  }

  #show(change: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...change }
    this.#draw(this.#shown)
  }
}

/**
 * Messages by number, each once. One behind a gap waits until the gap is closed: what is missing is asked for by how many are there, and drawn
 * below those that are drawn.
 */
function inOrder(
  { messages, unsent }: Pick<Shown, 'messages' | 'unsent'>,
  more: readonly Message[],
): Pick<Shown, 'messages' | 'unsent'> {
  const known = new Map([...more, ...unsent.flatMap(({ kept }) => kept ?? [])].map((one) => [one.number, one]))
  const ordered = [...messages]
  for (let next = known.get(ordered.length + 1); next; next = known.get(ordered.length + 1)) ordered.push(next)
  return {
    messages: ordered.length === messages.length ? messages : ordered,
    unsent: unsent.filter(({ kept }) => kept === undefined || kept.number > ordered.length),
  }
}

const codeOf = (error: unknown): string => (error instanceof Refused ? error.code : 'UNREACHABLE')
