import { useEffect, useMemo, useState } from 'react'
import type { ScreenProps } from '../app/feature.ts'
import { Link } from '../app/link.tsx'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Banner, Button, Empty, Page, Segments } from '../look/index.ts'
import { faultText } from '../app/app.ts'
import { useWords } from '../words/use-words.ts'
import { ForwardDialog } from './forward-dialog.tsx'
import type { MailboxList } from './mailboxes.ts'
import { MessageList, type Shelf, type VoiceMessage } from './message-list.ts'
import { MessageRow } from './message-row.tsx'
import { voicemailServices } from './services.ts'
import css from './voicemail.module.css'

/** What callers said: heard, called back, sent on, deleted. */
export function Screen({ params }: ScreenProps) {
  const { mailboxes } = voicemailServices
  return mailboxes ? <Messages mailboxes={mailboxes} boxId={params['box']} messageId={params['message']} /> : null
}

function Messages({
  mailboxes,
  boxId,
  messageId,
}: {
  readonly mailboxes: MailboxList
  readonly boxId: string | undefined
  readonly messageId: string | undefined
}) {
  const words = useWords()
  const { voicemail } = words
  const { router } = useApp()
  const mine = useValue(mailboxes.state)
  const [shelf, setShelf] = useState<Shelf>('kept')
  const box = mine?.items.find(({ id }) => id === boxId) ?? mine?.items[0]
  if (!mine || !box) return <Page title={voicemail.title}>{null}</Page>
  return (
    <Page
      title={voicemail.title}
      tools={
        <Link to="/settings/voicemail" label={voicemail.settings}>
          {voicemail.settings}
        </Link>
      }
    >
      <div className={css.head}>
        {mine.items.length > 1 && (
          <Segments
            label={voicemail.boxes}
            value={box.id}
            onChange={(id) => router.go(`/voicemail/${id}`)}
            choices={mine.items.map(({ id, name, isOwn, newMessages }) => ({
              id,
              label: `${isOwn ? voicemail.mine : name}${newMessages > 0 ? ` (${newMessages})` : ''}`,
            }))}
          />
        )}
        <Segments<Shelf>
          label={voicemail.which}
          value={shelf}
          onChange={setShelf}
          choices={[
            { id: 'kept', label: voicemail.kept },
            { id: 'bin', label: voicemail.bin },
          ]}
        />
        <span className={css.quiet}>{voicemail.summary(box.newMessages, Math.ceil(box.usedSeconds / 60))}</span>
      </div>
      <Shown key={`${box.id} ${shelf}`} mailboxes={mailboxes} boxId={box.id} shelf={shelf} messageId={messageId} />
    </Page>
  )
}

function Shown({
  mailboxes,
  boxId,
  shelf,
  messageId,
}: {
  readonly mailboxes: MailboxList
  readonly boxId: string
  readonly shelf: Shelf
  readonly messageId: string | undefined
}) {
  const words = useWords()
  const { voicemail } = words
  const { api, router, toasts, showFault } = useApp()
  const list = useMemo(() => new MessageList({ api, boxId, shelf }), [api, boxId, shelf])
  const { messages, next, fault } = useValue(list.state)
  const [forwarded, setForwarded] = useState<VoiceMessage>()
  useEffect(() => {
    void list.load()
    return mailboxes.onChange((changed) => {
      if (changed === undefined || changed === boxId) void list.load()
    })
  }, [list, mailboxes, boxId])
  useEffect(() => {
    // One that is not there any more shows nothing: the list says what is.
    if (messages && messageId !== undefined && shelf === 'kept') list.show(messageId).catch(() => {})
  }, [list, messages, messageId, shelf])
  const toggle = (message: VoiceMessage) =>
    router.go(message.id === messageId ? `/voicemail/${boxId}` : `/voicemail/${boxId}/${message.id}`)
  const remove = (message: VoiceMessage) => {
    if (message.id === messageId) router.go(`/voicemail/${boxId}`)
    list.delete(message).then(() => {
      if (shelf === 'bin') return
      const run = () => list.restore(message).catch(showFault)
      toasts.show({ tone: 'good', text: voicemail.deleted, action: { label: voicemail.undo, run: () => void run() } })
    }, showFault)
  }
  return (
    <>
      {fault !== undefined && <Banner tone="warn">{faultText(words, fault)}</Banner>}
      {messages && messages.length > 0 && (
        <ul className={css.list} aria-label={voicemail.list}>
          {messages.map((message) => (
            <MessageRow
              key={message.id}
              message={message}
              list={list}
              isOpen={message.id === messageId}
              onToggle={() => toggle(message)}
              onDelete={() => remove(message)}
              onForward={() => setForwarded(message)}
            />
          ))}
        </ul>
      )}
      {messages?.length === 0 && (
        <Empty icon="voicemail" title={shelf === 'bin' ? voicemail.noneDeleted : voicemail.none}>
          {shelf === 'bin' ? voicemail.noneDeletedText : voicemail.noneText}
        </Empty>
      )}
      {next !== undefined && (
        <div>
          <Button onPress={() => void list.more().catch(showFault)}>{voicemail.more}</Button>
        </div>
      )}
      {forwarded && <ForwardDialog list={list} message={forwarded} onClose={() => setForwarded(undefined)} />}
    </>
  )
}
