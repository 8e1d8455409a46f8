import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { faultText } from '../app/app.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Icon, IconButton } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './chat.module.css'
import { chatServices } from './chat-services.ts'
import { type Attachment, type Composer, type Mentionable, suggestPeople } from './composer.ts'
import type { Conversation } from './conversation-list.ts'
import { titleOf } from './conversation-title.ts'

const mostRows = 8
const mostCharacters = 10_000

/** Where a message is written: Enter sends, Shift+Enter begins a line, files come by button, paste or drop. */
export function ComposerBox({
  composer,
  conversation,
}: {
  readonly composer: Composer
  readonly conversation: Conversation
}) {
  const app = useApp()
  const { chat } = useWords()
  const { userId, thread } = chatServices(app)
  const { text, attachments, editing } = useValue(composer.state)
  const [suggested, setSuggested] = useState<readonly Mentionable[]>([])
  const field = useRef<HTMLTextAreaElement>(null)
  const chooser = useRef<HTMLInputElement>(null)
  const people = conversation.members.filter((one) => one.userId !== userId)
  useEffect(() => {
    // On a phone the keyboard would cover what is to be read.
    if (matchMedia('(hover: hover)').matches || editing) field.current?.focus()
  }, [editing])
  const type = (value: string) => {
    composer.type(value)
    const caret = field.current?.selectionStart ?? value.length
    setSuggested(conversation.kind === 'group' ? suggestPeople(value.slice(0, caret), people) : [])
  }
  const mention = ({ name }: Mentionable) => {
    const caret = field.current?.selectionStart ?? text.length
    const start = text.lastIndexOf('@', caret - 1)
    composer.type(`${text.slice(0, start)}@${name} ${text.slice(caret)}`)
    setSuggested([])
    field.current?.focus()
  }
  const send = () => void composer.send(people).catch(app.showFault)
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (suggested.length > 0 && (event.key === 'Tab' || event.key === 'Enter') && !event.shiftKey) {
      event.preventDefault()
      return mention(suggested[0]!)
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      send()
    } else if (event.key === 'Escape') {
      if (suggested.length > 0) setSuggested([])
      else if (editing) composer.cancelEdit()
      else app.router.go('/chat')
    } else if (event.key === 'ArrowUp' && text === '' && !editing) {
      const own = thread(conversation.id)
        .state.get()
        .messages?.findLast((one) => one.senderId === userId && one.text !== undefined && one.kind === 'text')
      if (own) composer.edit(own)
    }
  }
  const paste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return
    event.preventDefault()
    composer.attach([...event.clipboardData.files])
  }
  return (
    <div className={css.composer}>
      {editing && (
        <p className={css.editing}>
          <Icon name="edit" size={16} />
          {chat.editing}
          <IconButton size="small" icon="close" label={chat.cancelEdit} onPress={() => composer.cancelEdit()} />
        </p>
      )}
      {suggested.length > 0 && (
        <ul className={css.suggested} aria-label={chat.people}>
          {suggested.map((one) => (
            <li key={one.userId}>
              <button type="button" onClick={() => mention(one)}>
                @{one.name}
              </button>
            </li>
          ))}
        </ul>
      )}
      {attachments.length > 0 && (
        <ul className={css.attachments}>
          {attachments.map((one) => (
            <AttachmentLine key={one.id} attachment={one} onRemove={() => composer.detach(one.id)} />
          ))}
        </ul>
      )}
      <div className={css.composerLine}>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            composer.attach([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
        <IconButton
          icon="plus"
          label={chat.attach}
          isDisabled={editing !== undefined}
          onPress={() => chooser.current?.click()}
        />
        <textarea
          ref={field}
          className={css.field}
          rows={Math.min(mostRows, text.split('\n').length)}
          maxLength={mostCharacters}
          value={text}
          aria-label={chat.writeTo(titleOf(conversation, userId, chat))}
          placeholder={chat.writeTo(titleOf(conversation, userId, chat))}
          title={chat.hint}
          onChange={(event) => type(event.target.value)}
          onKeyDown={press}
          onPaste={paste}
        />
        <IconButton
          kind="primary"
          icon={editing ? 'check' : 'send'}
          label={editing ? chat.saveEdit : chat.send}
          isDisabled={!composer.canSend}
          onPress={send}
        />
      </div>
    </div>
  )
}

function AttachmentLine({ attachment, onRemove }: { readonly attachment: Attachment; readonly onRemove: () => void }) {
  const words = useWords()
  const { chat } = words
  const format = useFormat()
  const { name, sizeBytes, progress, sent, fault } = attachment
  return (
    <li className={css.attachment}>
      <Icon name={sent?.mediaType.startsWith('image/') ? 'image' : 'file'} />
      <span className={css.fileText}>
        <span className={css.fileName}>{name}</span>
        {fault === undefined ? (
          <span className={css.fileMore}>{format.bytes(sizeBytes)}</span>
        ) : (
          <span className={css.refused} role="alert">
            {chat.uploadFailed(name)} {faultText(words, fault)}
          </span>
        )}
        {fault === undefined && sent === undefined && (
          <progress
            className={css.progress}
            value={progress}
            aria-label={chat.uploading(name, format.percent(progress))}
          />
        )}
      </span>
      <IconButton size="small" icon="close" label={chat.removeFile(name)} onPress={onRemove} />
    </li>
  )
}
