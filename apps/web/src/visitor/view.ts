import type { Conversation, Shown } from './conversation.ts'
import type { Message } from './visitor-api.ts'
import type { VisitorWords } from './words.ts'

type Child = Node | string | undefined

/** One element with what is in it. */
function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children.filter((child): child is Node | string => child !== undefined))
  return element
}

/** Speaking in this page; where it is not possible, nothing is offered. */
export interface Voice {
  readonly isSpeaking: boolean
  begin(): Promise<boolean>
  end(): void
}

/** Draws the conversation. The log and the field live through redrawing, so that nothing typed and no focus is lost. */
export class View {
  readonly #root: HTMLElement
  readonly #words: VisitorWords
  readonly #conversation: Conversation
  readonly #voice: Voice
  readonly #tell: (what: string, more?: object) => void
  readonly #log = make('div', { id: 'log', role: 'log', 'aria-live': 'polite', tabindex: '0' })
  readonly #status = make('p', { id: 'status', role: 'status' })
  readonly #field: HTMLTextAreaElement
  readonly #title = make('h1')
  #drawn: { phase?: string; messages: number; unsent: string } = { messages: 0, unsent: '' }
  #typedAt = 0

  constructor(parts: {
    root: HTMLElement
    words: VisitorWords
    conversation: Conversation
    voice: Voice
    tell: (what: string, more?: object) => void
  }) {
    this.#root = parts.root
    this.#words = parts.words
    this.#conversation = parts.conversation
    this.#voice = parts.voice
    this.#tell = parts.tell
    this.#field = make('textarea', {
      rows: '2',
      maxlength: '4000',
      'aria-label': parts.words.write,
      placeholder: parts.words.write,
    })
    this.#log.setAttribute('aria-label', parts.words.title)
    this.#field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
      event.preventDefault()
      this.#write()
    })
    this.#field.addEventListener('input', () => {
      if (Date.now() - this.#typedAt < 4000) return
      this.#typedAt = Date.now()
      this.#conversation.typing()
    })
  }

  draw(shown: Shown): void {
    const words = this.#words
    this.#title.textContent = shown.chat?.agentName ?? shown.site?.companyName ?? words.title
    if (shown.phase !== this.#drawn.phase) {
      this.#drawn = { phase: shown.phase, messages: 0, unsent: '' }
      this.#log.replaceChildren()
      this.#root.replaceChildren(this.#head())
      for (const child of this.#body(shown)) if (child !== undefined) this.#root.append(child)
      if (shown.phase === 'talk') this.#field.focus()
    }
    this.#drawLog(shown)
    this.#status.textContent = this.#statusOf(shown)
    const speak = this.#root.querySelector<HTMLButtonElement>('#speak')
    if (speak) {
      speak.hidden = !(shown.chat?.canSpeak || this.#voice.isSpeaking)
      speak.textContent = this.#voice.isSpeaking ? words.hangUp : words.speak
    }
  }

  #head(): HTMLElement {
    const close = make('button', { type: 'button', class: 'plain', 'aria-label': this.#words.close }, '×')
    close.addEventListener('click', () => this.#tell('close'))
    return make('header', {}, this.#title, close)
  }

  #body(shown: Shown): Child[] {
    const words = this.#words
    switch (shown.phase) {
      case 'loading':
        return [this.#status]
      case 'gone':
        return [make('p', { class: 'note' }, words.gone)]
      case 'begin':
        return [this.#beginForm(shown), this.#status]
      case 'closed':
        return [
          make('p', { class: 'note' }, words.closed),
          shown.site?.takesMessages ? this.#leaveForm() : undefined,
          this.#status,
        ]
      case 'left':
        return [make('p', { class: 'note', role: 'status' }, words.left)]
      case 'talk':
        return [this.#log, this.#status, this.#speakButton(), this.#writeForm()]
      case 'over':
        return [this.#log, this.#status, this.#overForm()]
    }
  }

  #beginForm({ site }: Shown): HTMLElement {
    const words = this.#words
    const name = this.#input('name', words.name, site?.asks !== 'nothing', 'text')
    const address = this.#input('address', words.address, site?.asks === 'nameAndAddress', 'email')
    const text = this.#area(words.first)
    const form = make(
      'form',
      {},
      make('p', { class: 'note' }, site?.greeting ?? ''),
      ...(site?.asks === 'nothing' ? [] : [name.row, address.row]),
      text.row,
      make('p', { class: 'small' }, site?.consent ?? '', ' ', this.#privacy(site?.privacyUrl)),
      make('button', {}, words.start),
    )
    this.#onSubmit(form, () =>
      this.#conversation.begin({
        text: text.field.value,
        ...(name.field.value ? { name: name.field.value } : {}),
        ...(address.field.value ? { address: address.field.value } : {}),
      }),
    )
    return form
  }

  #leaveForm(): HTMLElement {
    const words = this.#words
    const name = this.#input('name', words.name, false, 'text')
    const address = this.#input('address', words.address, true, 'email')
    const text = this.#area(words.first)
    const form = make(
      'form',
      {},
      make('p', {}, words.leave),
      name.row,
      address.row,
      text.row,
      make('button', {}, words.send),
    )
    this.#onSubmit(form, () =>
      this.#conversation.leave({
        address: address.field.value,
        text: text.field.value,
        ...(name.field.value ? { name: name.field.value } : {}),
      }),
    )
    return form
  }

  #writeForm(): HTMLElement {
    const end = make('button', { type: 'button', class: 'plain' }, this.#words.end)
    end.addEventListener('click', () => void this.#conversation.end())
    const form = make(
      'form',
      { class: 'write' },
      this.#field,
      make('div', {}, end, make('button', {}, this.#words.send)),
    )
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.#write()
    })
    return form
  }

  #overForm(): HTMLElement {
    const words = this.#words
    const address = this.#input('address', words.address, true, 'email')
    const form = make('form', {}, address.row, make('button', {}, words.transcript))
    this.#onSubmit(form, async () => {
      const refused = await this.#conversation.mailTranscript(address.field.value)
      if (refused === undefined) form.replaceChildren(make('p', { role: 'status' }, words.sent))
      return refused
    })
    const again = make('button', { type: 'button', class: 'plain' }, words.again)
    again.addEventListener('click', () => this.#conversation.again())
    return make('div', { class: 'over' }, form, again)
  }

  #speakButton(): HTMLElement {
    const button = make('button', { type: 'button', id: 'speak', hidden: '' }, this.#words.speak)
    button.addEventListener('click', () => {
      if (this.#voice.isSpeaking) return this.#voice.end()
      button.disabled = true
      void this.#voice.begin().then((isSpeaking) => {
        button.disabled = false
        if (!isSpeaking) this.#status.textContent = this.#words.microphone
      })
    })
    return button
  }

  #privacy(url: string | undefined): Child {
    return url === undefined
      ? undefined
      : make('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, this.#words.privacy)
  }

  #input(id: string, label: string, isNeeded: boolean, type: string) {
    const field = make('input', { id, type, maxlength: '200', autocomplete: type === 'email' ? 'email' : 'name' })
    field.required = isNeeded
    const text = isNeeded ? label : `${label} ${this.#words.optional}`
    return { field, row: make('label', { for: id }, text, field) }
  }

  #area(label: string) {
    const field = make('textarea', { id: 'first', rows: '3', maxlength: '4000', required: '' })
    return { field, row: make('label', { for: 'first' }, label, field) }
  }

  #onSubmit(form: HTMLFormElement, act: () => Promise<string | undefined>): void {
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const button = form.querySelector<HTMLButtonElement>('button:not([type])')
      if (button) button.disabled = true
      void act().then((refused) => {
        if (button) button.disabled = false
        if (refused !== undefined)
          this.#status.textContent =
            refused === 'API_TOO_MANY_REQUESTS'
              ? this.#words.tooOften
              : refused === 'UNREACHABLE'
                ? this.#words.unreachable
                : this.#words.failed
      })
    })
  }

  #write(): void {
    const text = this.#field.value.trim()
    if (text === '') return
    this.#conversation.write(text)
    this.#field.value = ''
    this.#field.focus()
  }

  #drawLog({ phase, messages, unsent }: Shown): void {
    if (phase !== 'talk' && phase !== 'over') return
    const waiting = unsent.map(({ once }) => once).join()
    if (messages.length === this.#drawn.messages && waiting === this.#drawn.unsent) return
    const isAtEnd = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < 60
    for (const old of this.#log.querySelectorAll('.unsent')) old.remove()
    const fresh = messages.slice(this.#drawn.messages)
    this.#log.append(...fresh.map((message) => this.#line(message)))
    this.#log.append(...unsent.map(({ text }) => make('p', { class: 'visitor unsent' }, text)))
    this.#drawn = { ...this.#drawn, messages: messages.length, unsent: waiting }
    if (isAtEnd || fresh.some(({ from }) => from === 'visitor')) this.#log.scrollTop = this.#log.scrollHeight
  }

  #line({ from, text, code, name, at }: Message): HTMLElement {
    if (from === 'system') return make('p', { class: 'system' }, this.#event(code ?? '', name ?? ''))
    const who = make('span', { class: 'who' }, from === 'visitor' ? this.#words.you : (name ?? ''))
    const time = make(
      'time',
      { datetime: at },
      new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }),
    )
    return make('p', { class: from }, who, text ?? '', time)
  }

  #event(code: string, name: string): string {
    const words = this.#words
    const said: Readonly<Record<string, string>> = {
      joined: words.joined(name),
      left: words.hasLeft(name),
      returned: words.returned,
      ended: words.ended,
      visitorEnded: words.visitorEnded,
      visitorGone: words.ended,
      closed: words.closed,
      full: words.full,
      voiceOffered: words.voiceOffered(name),
      voiceBegan: words.voiceBegan,
      voiceEnded: words.voiceEnded,
    }
    return said[code] ?? ''
  }

  #statusOf({ isCut, phase, chat }: Shown): string {
    const words = this.#words
    if (isCut) return words.unreachable
    if (phase === 'over') return words.over
    if (phase !== 'talk' || !chat) return ''
    if (this.#voice.isSpeaking) return words.speaking
    if (chat.isAgentTyping) return words.typing(chat.agentName ?? '')
    if (chat.state !== 'waiting') return ''
    const position = chat.position === undefined ? words.waiting : words.position(chat.position)
    const wait =
      chat.expectedSeconds === undefined ? '' : ` ${words.minutes(Math.max(1, Math.round(chat.expectedSeconds / 60)))}`
    return position + wait
  }
}
