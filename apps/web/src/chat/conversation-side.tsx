import { useEffect, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Avatar, Badge, Button, Empty, IconButton, LongList, SearchField, VisuallyHidden } from '../look/index.ts'
import { PresenceMark } from '../presence/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './chat.module.css'
import { chatServices } from './chat-services.ts'
import type { Conversation } from './conversation-list.ts'
import { MessageSearch } from './message-search.ts'
import { titleOf } from './conversation-title.ts'
import { useSummary } from './use-summary.ts'

/** All conversations, or what was found in them. */
export function ConversationSide({ chosen }: { readonly chosen: string | undefined }) {
  const app = useApp()
  const { chat } = useWords()
  const { list, userId } = chatServices(app)
  const { items } = useValue(list.state)
  const [search] = useState(() => new MessageSearch({ api: app.api, clock: app.clock }))
  const { typed } = useValue(search.state)
  useEffect(() => () => search.close(), [search])
  const wanted = typed.trim().toLocaleLowerCase()
  const shown = items?.filter((one) => wanted === '' || titleOf(one, userId, chat).toLocaleLowerCase().includes(wanted))
  const open = ({ id }: { id: string }) => app.router.go(`/chat/${id}`)
  return (
    <>
      <header className={css.head}>
        <span className={css.title} aria-hidden>
          {chat.title}
        </span>
        <IconButton
          icon="edit"
          label={chat.newConversation}
          shortcut="Alt+N"
          onPress={() => app.actions.run('chat.new')}
        />
      </header>
      <SearchField
        label={chat.searchLabel}
        placeholder={chat.search}
        clearLabel={chat.clearSearch}
        value={typed}
        onChange={(value) => search.type(value)}
      />
      {shown && (wanted === '' || shown.length > 0) && (
        <div
          className={wanted === '' ? css.listBox : css.foundBox}
          style={wanted === '' ? {} : { height: Math.min(4, shown.length) * 64 }}
        >
          <LongList
            label={wanted === '' ? chat.list : chat.conversationsFound}
            rows={shown}
            rowHeight={64}
            chosen={chosen}
            textOf={(one) => titleOf(one, userId, chat)}
            onOpen={open}
            row={(one) => <ConversationLine conversation={one} />}
            empty={
              <Empty icon="chat" title={chat.noConversations}>
                <p>{chat.noConversationsHint}</p>
              </Empty>
            }
          />
        </div>
      )}
      {wanted !== '' && <Found search={search} />}
    </>
  )
}

function ConversationLine({ conversation }: { readonly conversation: Conversation }) {
  const app = useApp()
  const { chat } = useWords()
  const format = useFormat()
  const { userId, typing } = chatServices(app)
  const summary = useSummary()
  const writers = useValue(typing.writers).filter(({ conversationId }) => conversationId === conversation.id)
  const { unread, lastMessage, lastAt } = conversation
  const title = titleOf(conversation, userId, chat)
  const other = conversation.kind === 'pair' ? conversation.members.find((one) => one.userId !== userId) : undefined
  return (
    <>
      <Avatar name={title} size={40} mark={other && <PresenceMark userId={other.userId} />} />
      <span className={css.lineText}>
        <span className={css.lineTop}>
          <span className={css.lineName}>{title}</span>
          {lastMessage && (
            <span className={css.lineTime}>{shortMoment(format, Date.parse(lastAt), app.clock.nowMs())}</span>
          )}
        </span>
        <span className={css.lineTop}>
          <span className={unread > 0 ? css.lineFresh : css.lineMore}>
            {writers.length > 0
              ? chat.typing(writers[0]!.name)
              : lastMessage
                ? summary(lastMessage, conversation.kind === 'group')
                : ''}
          </span>
          {unread > 0 && (
            <span className={css.unread}>
              <span aria-hidden>{unread > 99 ? '99+' : unread}</span>
              <VisuallyHidden>{chat.unread(unread)}</VisuallyHidden>
            </span>
          )}
        </span>
      </span>
    </>
  )
}

/** The time today, the day before. */
function shortMoment(format: ReturnType<typeof useFormat>, atMs: number, nowMs: number): string {
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString()
  return isToday ? format.time(atMs) : format.day(atMs, nowMs)
}

function Found({ search }: { readonly search: MessageSearch }) {
  const app = useApp()
  const { chat } = useWords()
  const format = useFormat()
  const { list, userId } = chatServices(app)
  const { found, hasMore } = useValue(search.state)
  if (!found) return null
  const rows = found.map((message) => ({ ...message, id: `${message.conversationId} ${message.number}` }))
  return (
    <>
      <h2 className={css.foundTitle}>
        {chat.messagesFound} <Badge>{format.number(found.length)}</Badge>
      </h2>
      <div className={css.listBox}>
        <LongList
          label={chat.messagesFound}
          rows={rows}
          rowHeight={72}
          textOf={({ text }) => text ?? ''}
          onOpen={({ conversationId, number }) => app.router.go(`/chat/${conversationId}?at=${number}`)}
          {...(hasMore ? { onEnd: () => void search.more() } : {})}
          row={({ conversationId, senderName, text, files, at }) => {
            const conversation = list.find(conversationId)
            return (
              <span className={css.lineText}>
                <span className={css.lineTop}>
                  <span className={css.lineName}>
                    {conversation ? titleOf(conversation, userId, chat) : senderName}
                  </span>
                  <span className={css.lineTime}>{format.day(Date.parse(at), app.clock.nowMs())}</span>
                </span>
                <span className={css.foundText}>
                  {senderName}: {text ?? files?.map(({ name }) => name).join(', ')}
                </span>
              </span>
            )
          }}
          empty={<p className={css.nothing}>{chat.nothingFound}</p>}
        />
      </div>
      {hasMore && (
        <Button kind="quiet" onPress={() => void search.more()}>
          {chat.moreResults}
        </Button>
      )}
    </>
  )
}
