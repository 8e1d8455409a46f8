import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react'
import type { ChannelToolsProps, EarlierProps } from '../agent/channel-tools-props.ts'
import { faultText } from '../app/app.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Banner, Button, Quiet } from '../look/index.ts'
import { useText } from '../words/use-text.ts'
import { useWords } from '../words/use-words.ts'
import { ChatLog } from './chat-log.tsx'
import { WebChatModel } from './chat-model.ts'
import { webChatSentences } from './sentences.ts'
import css from './web-chat.module.css'

/** A conversation with a visitor of a website. */
export function Tools({ item, isMine, isOver, takeTexts }: ChannelToolsProps) {
  const app = useApp()
  const words = useWords()
  const text = useText(webChatSentences)
  const chatId = item.reference ?? ''
  const model = useMemo(
    () =>
      new WebChatModel({
        api: app.api,
        chatId,
        kept: app.kept,
        nowMs: () => app.clock.nowMs(),
        later: (ms, then) => void setTimeout(then, ms),
      }),
    [app, chatId],
  )
  useEffect(() => model.follow(app.events), [model, app.events])
  const { chat, unsent, draft, fault } = useValue(model.state)
  const field = useRef<HTMLTextAreaElement>(null)
  const canWrite = isMine && !isOver && chat?.state === 'talking'
  useEffect(() => {
    if (!canWrite) return
    field.current?.focus()
    return takeTexts((filled) => {
      const before = model.state.get().draft
      model.type(before === '' ? filled.text : `${before.trimEnd()} ${filled.text}`)
      field.current?.focus()
    })
  }, [canWrite, model, takeTexts])
  const run = (verb: Parameters<WebChatModel['command']>[0]) => () =>
    void model.command(verb).then(() => model.load(), app.showFault)
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    model.send()
  }
  if (!chat) return fault === undefined ? null : <Banner tone="warn">{faultText(words, fault)}</Banner>
  const { page, address } = chat.visitor
  return (
    <div className={css.tools}>
      {page !== undefined && <Quiet>{text('on', { page })}</Quiet>}
      <ChatLog chat={chat} unsent={unsent} />
      <p className={css.status} role="status">
        {chat.state === 'talking' && !chat.isVisitorThere ? text('away') : chat.isVisitorTyping ? text('typing') : ''}
      </p>
      {fault !== undefined && (
        <Banner tone="warn" isLive>
          {faultText(words, fault)}
        </Banner>
      )}
      {canWrite && (
        <form
          className={css.write}
          onSubmit={(event) => {
            event.preventDefault()
            model.send()
          }}
        >
          <textarea
            ref={field}
            rows={3}
            maxLength={4000}
            value={draft}
            aria-label={text('write')}
            placeholder={text('write')}
            onChange={({ target }) => model.type(target.value)}
            onKeyDown={press}
          />
          <Button kind="primary" type="submit" icon="send">
            {text('send')}
          </Button>
        </form>
      )}
      <div className={css.keys}>
        {canWrite && chat.mayOfferVoice && (
          <Button icon="call" onPress={run(chat.isVoiceOffered ? 'withdrawVoice' : 'offerVoice')}>
            {text(chat.isVoiceOffered ? 'withdrawVoice' : 'offerVoice')}
          </Button>
        )}
        {address !== undefined && (
          <Button
            icon="mail"
            onPress={() =>
              void model
                .command('mailTranscript')
                .then(() => app.toasts.show({ tone: 'good', text: text('transcriptSent', { address }) }), app.showFault)
            }
          >
            {text('transcript')}
          </Button>
        )}
        {canWrite && (
          <Button icon="close" onPress={run('end')}>
            {text('end')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** What was written in an earlier conversation. */
export function Earlier({ entry }: EarlierProps) {
  const app = useApp()
  const words = useWords()
  const model = useMemo(
    () =>
      new WebChatModel({
        api: app.api,
        chatId: entry.reference ?? '',
        kept: app.kept,
        nowMs: () => app.clock.nowMs(),
        later: () => {},
      }),
    [app, entry.reference],
  )
  useEffect(() => void model.load(), [model])
  const { chat, fault } = useValue(model.state)
  if (chat) return <ChatLog chat={chat} />
  return fault === undefined ? null : <Banner tone="warn">{faultText(words, fault)}</Banner>
}
