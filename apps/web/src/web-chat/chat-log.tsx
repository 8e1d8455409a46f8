import { useEffect, useRef } from 'react'
import { useText } from '../words/use-text.ts'
import { useFormat } from '../words/use-words.ts'
import type { Chat, ChatState } from './chat-model.ts'
import { type WebChatSentence, webChatSentences } from './sentences.ts'
import css from './web-chat.module.css'

/** What was written, the last of it in sight. */
export function ChatLog({ chat, unsent = [] }: { readonly chat: Chat; readonly unsent?: ChatState['unsent'] }) {
  const text = useText(webChatSentences)
  const format = useFormat()
  const log = useRef<HTMLOListElement>(null)
  const count = chat.messages.length + unsent.length
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight })
  }, [count])
  return (
    <ol className={css.log} ref={log} aria-label={text('conversation')} aria-live="polite" tabIndex={0}>
      {chat.messages.map(({ number, from, at, text: written, code, name }) =>
        from === 'system' ? (
          <li key={number} className={css.system}>
            {code === undefined ? '' : text(code as WebChatSentence, { name: name ?? '' })}
          </li>
        ) : (
          <li key={number} className={from === 'agent' ? css.own : css.theirs}>
            <span className={css.who}>
              {from === 'agent' ? (name ?? text('you')) : (chat.visitor.name ?? text('visitor'))}
              <time dateTime={at}>{format.time(Date.parse(at))}</time>
            </span>
            {written}
          </li>
        ),
      )}
      {unsent.map(({ once, text: written }) => (
        <li key={once} className={css.own}>
          <span className={css.who}>{text('unsent')}</span>
          {written}
        </li>
      ))}
    </ol>
  )
}
