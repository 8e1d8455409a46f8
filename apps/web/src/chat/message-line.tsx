import { type ReactNode } from 'react'
import { faultText } from '../app/app.ts'
import { ApiFault } from '../api/api.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Avatar, Button, classNames, Icon, IconButton, Menu, useQuestion, VisuallyHidden } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './chat.module.css'
import { chatServices } from './chat-services.ts'
import type { Conversation } from './conversation-list.ts'
import { MessageFiles } from './message-files.tsx'
import type { Message, Unsent } from './outbox.ts'
import { textParts } from './text-parts.ts'
import { useSummary } from './use-summary.ts'

/** One message, or a line that says what became of the group. */
export function MessageLine({
  message,
  isFirst,
  isLastOwn,
  conversation,
}: {
  readonly message: Message
  readonly isFirst: boolean
  readonly isLastOwn: boolean
  readonly conversation: Conversation
}) {
  const { chat } = useWords()
  const format = useFormat()
  const { userId } = chatServices(useApp())
  const summary = useSummary()
  if (message.kind !== 'text')
    return (
      <p className={css.event} data-number={message.number}>
        {summary(message, true)}
      </p>
    )
  const isOwn = message.senderId === userId
  const isGone = message.goneBy !== undefined
  const names = conversation.members.filter((one) => message.mentions?.includes(one.userId)).map(({ name }) => name)
  const isForMe = message.mentions?.includes(userId) ?? false
  const sender = message.senderName || chat.formerColleague
  return (
    <article
      className={classNames(css.message, isOwn && css.own, isFirst && css.firstOfGo)}
      data-number={message.number}
      aria-label={`${isOwn ? chat.you : sender}, ${format.time(Date.parse(message.at))}`}
    >
      <span className={css.messageFace}>{isFirst && !isOwn && <Avatar name={sender} size={32} />}</span>
      <div className={css.messageBody}>
        {isFirst && !isOwn && conversation.kind === 'group' && <span className={css.sender}>{sender}</span>}
        <div
          className={classNames(
            css.bubble,
            message.files && css.withFiles,
            isGone && css.goneText,
            isForMe && css.forMe,
          )}
        >
          {isGone ? (
            <span>{summary(message, false)}</span>
          ) : (
            <>
              {message.text !== undefined && <MessageText text={message.text} names={names} />}
              {message.files && <MessageFiles conversationId={message.conversationId} files={message.files} />}
            </>
          )}
          <span className={css.meta}>
            {message.editedAt !== undefined && !isGone && <span>{chat.edited}</span>}
            {message.isFromPhone && (
              <span className={css.fromPhone}>
                <Icon name="desk-phone" size={12} />
                <VisuallyHidden>{chat.fromPhone}</VisuallyHidden>
              </span>
            )}
            <time dateTime={message.at}>{format.time(Date.parse(message.at))}</time>
          </span>
        </div>
        {isLastOwn && <ReadMark message={message} conversation={conversation} />}
      </div>
      {!isGone && <MessageMenu message={message} isOwn={isOwn} />}
    </article>
  )
}

/** Text with its links; nothing of it is ever read as markup. */
function MessageText({ text, names }: { readonly text: string; readonly names: readonly string[] }): ReactNode {
  const isOnlyEmoji =
    /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\s){1,12}$/u.test(text) &&
    /\p{Extended_Pictographic}/u.test(text)
  return (
    <div className={classNames(css.text, isOnlyEmoji && css.emoji)}>
      {textParts(text, names).map((part, index) =>
        part.kind === 'link' ? (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ) : part.kind === 'mention' ? (
          <strong key={index} className={css.mention}>
            {part.text}
          </strong>
        ) : (
          part.text
        ),
      )}
    </div>
  )
}

function ReadMark({ message, conversation }: { readonly message: Message; readonly conversation: Conversation }) {
  const { chat } = useWords()
  const { userId } = chatServices(useApp())
  const readers = conversation.members.filter((one) => one.userId !== userId && one.readNumber >= message.number).length
  return (
    <span className={css.readMark}>
      {readers > 0 && (conversation.kind === 'pair' ? chat.read : chat.readBy(readers))}
    </span>
  )
}

function MessageMenu({ message, isOwn }: { readonly message: Message; readonly isOwn: boolean }) {
  const app = useApp()
  const words = useWords()
  const { chat } = words
  const { composer, thread } = chatServices(app)
  const question = useQuestion((fault) => faultText(words, fault))
  const { conversationId, number, text } = message
  const copy = () => {
    navigator.clipboard
      .writeText(text ?? '')
      .then(() => app.toasts.show({ tone: 'good', text: chat.copied }), app.showFault)
  }
  const remove = () =>
    question.ask({
      title: chat.removeTitle,
      text: chat.removeText,
      yes: chat.remove,
      isDanger: true,
      run: async () => {
        await app.api.call('deleteChatMessage', { params: { conversationId, number: String(number) } })
        await thread(conversationId).sync()
      },
    })
  const entries = [
    ...(text === undefined ? [] : [{ id: 'copy', label: chat.copy, icon: 'copy' as const, onAction: copy }]),
    ...(isOwn && text !== undefined
      ? [
          {
            id: 'edit',
            label: chat.edit,
            icon: 'edit' as const,
            onAction: () => composer(conversationId).edit(message),
          },
        ]
      : []),
    ...(isOwn ? [{ id: 'remove', label: chat.remove, icon: 'trash' as const, isDanger: true, onAction: remove }] : []),
  ]
  if (entries.length === 0) return null
  return (
    <span className={css.messageMenu}>
      <Menu
        label={chat.messageActions}
        trigger={<IconButton icon="more" size="small" label={chat.messageActions} />}
        groups={[{ id: 'message', entries }]}
      />
      {question.dialog}
    </span>
  )
}

/** What the server does not have yet. */
export function UnsentLine({ unsent }: { readonly unsent: Unsent }) {
  const app = useApp()
  const words = useWords()
  const { chat } = words
  const { outbox } = chatServices(app)
  const { name: connection } = useValue(app.events.state)
  const { refused, text, files, clientId } = unsent
  return (
    <article className={classNames(css.message, css.own)} aria-label={chat.you}>
      <span className={css.messageFace} />
      <div className={css.messageBody}>
        <div className={classNames(css.bubble, css.unsentBubble)}>
          {text !== '' && <MessageText text={text} names={[]} />}
          {files.length > 0 && <span>{files.map(({ name }) => name).join(', ')}</span>}
        </div>
        {refused === undefined ? (
          <span className={css.readMark}>{connection === 'live' ? chat.sending : chat.waiting}</span>
        ) : (
          <span className={css.refused} role="alert">
            <Icon name="warning" size={14} />
            {chat.notSent}: {faultText(words, new ApiFault({ code: String(refused), status: 400, title: '' }))}
            <Button size="small" onPress={() => outbox.retry(clientId)}>
              {chat.tryAgain}
            </Button>
            <Button size="small" kind="quiet" onPress={() => outbox.discard(clientId)}>
              {chat.discard}
            </Button>
          </span>
        )}
      </div>
    </article>
  )
}
