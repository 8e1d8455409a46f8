import { type DragEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { ApiFault } from '../api/api.ts'
import { faultText } from '../app/app.ts'
import { Link } from '../app/link.tsx'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Avatar, Banner, Empty, Icon, IconButton, VisuallyHidden } from '../look/index.ts'
import { PresenceLine } from '../presence/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './chat.module.css'
import { chatServices } from './chat-services.ts'
import { ComposerBox } from './composer-box.tsx'
import type { Conversation } from './conversation-list.ts'
import { titleOf } from './conversation-title.ts'
import { GroupDialog } from './group-dialog.tsx'
import { linesOf } from './thread-lines.ts'
import { MessageLine, UnsentLine } from './message-line.tsx'
import { useNewcomers } from './use-newcomers.ts'

/** One conversation: who it is with, what was said, and what is being written. */
export function ThreadPane({ conversationId, at }: { readonly conversationId: string; readonly at?: number }) {
  const app = useApp()
  const words = useWords()
  const { chat } = words
  const services = chatServices(app)
  const thread = services.thread(conversationId)
  const composer = services.composer(conversationId)
  const { fault, messages } = useValue(thread.state)
  useValue(services.list.state)
  const conversation = services.list.find(conversationId)
  const [isDropping, setDropping] = useState(false)
  useEffect(() => void thread.sync(), [thread])
  if (!conversation || (fault instanceof ApiFault && fault.status === 404)) {
    const isGone = fault instanceof ApiFault && fault.status === 404
    return isGone ? (
      <Empty icon="chat" title={chat.gone}>
        <Link to="/chat">{chat.back}</Link>
      </Empty>
    ) : null
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setDropping(false)
    composer.attach([...event.dataTransfer.files])
  }
  return (
    <section
      className={css.thread}
      aria-label={titleOf(conversation, services.userId, chat)}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setDropping(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false)
      }}
      onDrop={drop}
    >
      <ThreadHead conversation={conversation} />
      {fault !== undefined && !(fault instanceof ApiFault && fault.status === 0) && (
        <Banner tone="warn">{faultText(words, fault)}</Banner>
      )}
      <Messages conversation={conversation} {...(at === undefined ? {} : { at })} />
      {messages && <ComposerBox composer={composer} conversation={conversation} />}
      {isDropping && (
        <div className={css.drop}>
          <Icon name="upload" size={28} />
          {chat.dropHere}
        </div>
      )}
    </section>
  )
}

function ThreadHead({ conversation }: { readonly conversation: Conversation }) {
  const { services: others } = useApp()
  const { chat } = useWords()
  const { userId } = chatServices(useApp())
  const [isOpen, setOpen] = useState(false)
  const title = titleOf(conversation, userId, chat)
  const isGroup = conversation.kind === 'group'
  const other = isGroup ? undefined : conversation.members.find((one) => one.userId !== userId)
  return (
    <header className={css.threadHead}>
      <Link to="/chat" className={css.back} label={chat.back}>
        <Icon name="arrow-left" />
      </Link>
      <Avatar name={title} />
      <div className={css.threadName}>
        <h2>{title}</h2>
        {isGroup && <p>{chat.members(conversation.memberCount)}</p>}
        {other && <PresenceLine userId={other.userId} />}
      </div>
      {other && others.callNumber && <CallButton userId={other.userId} name={title} />}
      {isGroup && <IconButton icon="people" label={chat.groupDetails} onPress={() => setOpen(true)} />}
      {isOpen && <GroupDialog conversation={conversation} onClose={() => setOpen(false)} />}
    </header>
  )
}

function CallButton({ userId, name }: { readonly userId: string; readonly name: string }) {
  const app = useApp()
  const { chat } = useWords()
  const call = async () => {
    const card = await app.api.call('readCard', { params: { cardId: userId } })
    const [number] = card.numbers
    if (number) app.services.callNumber?.(number.number, name)
  }
  return <IconButton icon="call" label={chat.call(name)} onPress={() => void call().catch(app.showFault)} />
}

const nearEndPixels = 80

function Messages({ conversation, at }: { readonly conversation: Conversation; readonly at?: number }) {
  const app = useApp()
  const { chat } = useWords()
  const format = useFormat()
  const { list, thread: threadOf, outbox, typing, userId } = chatServices(app)
  const thread = threadOf(conversation.id)
  const { messages, hasOlder } = useValue(thread.state)
  const unsent = useValue(outbox.unsent).filter(({ conversationId }) => conversationId === conversation.id)
  const writers = useValue(typing.writers).filter(({ conversationId }) => conversationId === conversation.id)
  const scroller = useRef<HTMLDivElement>(null)
  const place = useRef({ isAtEnd: true, first: 0, heightPixels: 0, isPlaced: false })
  const [isAway, setAway] = useState(false)
  const [freshFrom] = useState(() =>
    conversation.unread > 0 ? conversation.lastNumber - conversation.unread + 1 : undefined,
  )
  const newcomers = useNewcomers(messages, userId)
  const lastNumber = messages?.at(-1)?.number ?? 0

  const markRead = () => {
    if (document.visibilityState === 'visible' && place.current.isAtEnd && lastNumber > 0)
      void list.markRead(conversation.id, lastNumber)
  }
  // What was in sight stays where it was when older messages come above it; the newest stay in sight at the end.
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box || !messages) return
    const { isAtEnd, first, heightPixels, isPlaced } = place.current
    const isOlder = isPlaced && (messages[0]?.number ?? 0) < first
    if (isOlder) box.scrollTop += box.scrollHeight - heightPixels
    else if (!isPlaced) {
      const mark = box.querySelector('[data-fresh]')
      if (mark) mark.scrollIntoView({ block: 'center' })
      else box.scrollTop = box.scrollHeight
      place.current.isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < nearEndPixels
    } else if (isAtEnd) box.scrollTop = box.scrollHeight
    Object.assign(place.current, { first: messages[0]?.number ?? 0, heightPixels: box.scrollHeight, isPlaced: true })
    markRead()
  })
  // A keyboard that opens, or a message that is being written over several lines, does not cover the newest.
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const watcher = new ResizeObserver(() => {
      if (place.current.isAtEnd) box.scrollTop = box.scrollHeight
    })
    watcher.observe(box)
    return () => watcher.disconnect()
  }, [])
  useEffect(() => {
    document.addEventListener('visibilitychange', markRead)
    return () => document.removeEventListener('visibilitychange', markRead)
  })
  useEffect(() => {
    if (at === undefined) return
    void thread.reach(at).then((isThere) => {
      if (!isThere) return
      place.current.isAtEnd = false
      requestAnimationFrame(() => {
        const line = scroller.current?.querySelector<HTMLElement>(`[data-number="${at}"]`)
        line?.scrollIntoView({ block: 'center' })
        line?.classList.add(css.found!)
      })
    })
  }, [at, thread])
  const scrolled = () => {
    const box = scroller.current
    if (!box) return
    const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < nearEndPixels
    place.current.isAtEnd = isAtEnd
    setAway(!isAtEnd)
    if (isAtEnd) markRead()
    if (box.scrollTop < 300 && hasOlder) void thread.older()
  }
  const toEnd = () => {
    thread.trim()
    place.current.isAtEnd = true
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
    setAway(false)
  }
  return (
    <div className={css.messagesBox}>
      <div
        className={css.messages}
        ref={scroller}
        onScroll={scrolled}
        tabIndex={0}
        role="group"
        aria-label={chat.title}
      >
        {messages && !hasOlder && (
          <p className={css.begin}>
            {messages.length === 0 ? chat.nothingSaid(titleOf(conversation, userId, chat)) : chat.begin}
          </p>
        )}
        {linesOf(messages ?? [], freshFrom).map((line) =>
          line.kind === 'day' ? (
            <p key={`day ${line.atMs}`} className={css.day}>
              {format.day(line.atMs, app.clock.nowMs())}
            </p>
          ) : line.kind === 'fresh' ? (
            <p key="fresh" className={css.fresh} data-fresh>
              {chat.newMessages}
            </p>
          ) : (
            <MessageLine
              key={line.message.number}
              message={line.message}
              isFirst={line.isFirst}
              conversation={conversation}
              isLastOwn={line.message.number === lastOwn(messages ?? [], userId)}
            />
          ),
        )}
        {unsent.map((one) => (
          <UnsentLine key={one.clientId} unsent={one} />
        ))}
      </div>
      <p className={css.typing} aria-live="polite">
        {writers.length === 1 && chat.typing(writers[0]!.name)}
        {writers.length > 1 && chat.manyTyping(writers.map(({ name }) => name).join(', '))}
      </p>
      {isAway && (
        <div className={css.toEnd}>
          <IconButton kind="plain" icon="chevron-down" label={chat.toNewest} onPress={toEnd} />
        </div>
      )}
      <VisuallyHidden>
        <span role="log" aria-label={chat.newMessages}>
          {newcomers.map(({ number, text }) => (
            <span key={number}>{text} </span>
          ))}
        </span>
      </VisuallyHidden>
    </div>
  )
}

function lastOwn(
  messages: readonly { readonly number: number; readonly senderId: string; readonly kind: string }[],
  userId: string,
): number {
  return messages.findLast((one) => one.senderId === userId && one.kind === 'text')?.number ?? 0
}
