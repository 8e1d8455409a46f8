import './visitor.css'
import { Conversation } from './conversation.ts'
import { askServer } from './visitor-api.ts'
import { View, type Voice } from './view.ts'
import { type Language, visitorWords } from './words.ts'

/** The page in the frame of a website: one conversation, in the language that the website has. */
function start(): void {
  const query = new URLSearchParams(location.search)
  const siteId = query.get('site') ?? ''
  const wished = query.get('language') ?? 'en'
  const language: Language = wished === 'sv' || wished === 'fr' ? wished : 'en'
  document.documentElement.lang = language
  const words = visitorWords[language]
  document.title = words.title
  /** Of the page around this one, which is one of the website's (frame-ancestors); known once it has spoken. */
  let around: string | undefined
  let key: string | undefined
  const tell = (vaxel: string, more: object = {}) => {
    if (around !== undefined) parent.postMessage({ vaxel, ...more }, around)
  }
  let isOpen = window === parent
  let read = 0
  let view: View | undefined
  const conversation = new Conversation({
    ask: askServer,
    memory: {
      get: () => key,
      set: (given) => {
        key = given
        tell(given === undefined ? 'forgotten' : 'started', { key: given })
      },
    },
    siteId,
    language,
    draw: (shown) => {
      view?.draw(shown)
      const heard = shown.messages.filter(({ from }) => from === 'agent').length
      if (isOpen) read = heard
      else if (heard > read) tell('unread', { count: heard - read })
    },
    later: (ms, then) => void setTimeout(then, ms),
    random: () => crypto.randomUUID(),
  })
  let speaking: { end(): void } | undefined
  const voice: Voice = {
    get isSpeaking() {
      return speaking !== undefined
    },
    async begin() {
      const { speak } = await import('./speak.ts')
      const redraw = () => view?.draw(conversation.shown)
      speaking = await speak(conversation.key ?? '', () => {
        speaking = undefined
        redraw()
      })
      redraw()
      return speaking !== undefined
    },
    end: () => speaking?.end(),
  }
  view = new View({ root: document.getElementById('app')!, words, conversation, voice, tell })
  addEventListener('message', ({ data, source, origin }) => {
    if (source !== parent || data?.vaxel !== 'shown') return
    isOpen = data.isOpen === true
    if (typeof data.page === 'string') conversation.page = data.page
    if (around !== undefined) return
    around = origin
    if (typeof data.key === 'string') key = data.key
    void conversation.start()
  })
  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') tell('close')
  })
  // Nothing is said but that this page is there: who is around is not known yet.
  if (window === parent) void conversation.start()
  else parent.postMessage({ vaxel: 'ready' }, '*')
}

start()
