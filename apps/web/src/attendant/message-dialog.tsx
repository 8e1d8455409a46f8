import { useState } from 'react'
import { useApp, useMe } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { useValue } from '../base/use-value.ts'
import { chatServices } from '../chat/chat-services.ts'
import { Banner, Button, Checkbox, Dialog, Stack, TextField } from '../look/index.ts'
import type { Entry } from '../people/people-search.ts'
import { PresenceLine } from '../presence/index.ts'
import { presenceServices } from '../presence/presence-services.ts'
import type { AttendantState } from './attendant-calls.ts'
import { useFormat, useWords } from '../words/use-words.ts'

const mostText = 2000
/** Whoever called longer ago is not who the message is about. */
const recentMs = 10 * 60_000

/** A message for somebody who is not there: who called, when, what they want. It goes to the chat, and by mail to whoever is offline. */
export function MessageDialog({
  person,
  caller,
  onClose,
}: {
  readonly person: Entry
  readonly caller: AttendantState['lastCaller']
  readonly onClose: () => void
}) {
  const { attendant, shell } = useWords()
  const app = useApp()
  const { api, kept, clock, toasts } = app
  const { user } = useMe()
  const format = useFormat()
  const presence = useValue(presenceServices(app).store.of(person.id))
  const key = `attendant.message.${user.id}.${person.id}`
  const [text, setText] = useState(() => kept.get<string>(key) ?? callLine())
  const [isByMail, setByMail] = useState<boolean>()
  const { isBusy, fault, run } = useSubmit()
  const isAbsent = presence?.state === 'offline' || presence?.state === 'away'
  const byMail = isByMail ?? isAbsent
  function callLine(): string {
    if (!caller || clock.nowMs() - caller.atMs > recentMs) return ''
    const who = caller.name === undefined ? caller.number : `${caller.name} (${caller.number})`
    return `${attendant.message.called(who, format.time(caller.atMs))} `
  }
  const type = (next: string) => {
    setText(next)
    if (next.trim() === '') kept.remove(key)
    else kept.set(key, next)
  }
  const send = () =>
    run(async () => {
      const said = text.trim()
      const { id } = await api.call('openConversation', { params: { userId: person.id } })
      // From here on the chat keeps it until the server has it.
      chatServices(app).outbox.send(id, { text: said, mentions: [], files: [] })
      kept.remove(key)
      const { isMailed } = byMail
        ? await api.call('mailColleague', { params: { userId: person.id }, body: { text: said } })
        : { isMailed: false }
      toasts.show({
        tone: byMail && !isMailed ? 'warn' : 'good',
        text: isMailed
          ? attendant.message.sentBoth(person.name)
          : byMail
            ? attendant.message.noAddress(person.name)
            : attendant.message.sent(person.name),
      })
      onClose()
    })
  return (
    <Dialog
      title={attendant.message.to(person.name)}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" icon="send" isDisabled={isBusy || text.trim() === ''} onPress={send}>
            {attendant.message.send}
          </Button>
        </>
      }
    >
      <div
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isBusy || text.trim() === '') return
          event.preventDefault()
          send()
        }}
      >
        <Stack>
          <PresenceLine userId={person.id} />
          <TextField
            label={attendant.message.text}
            hint={attendant.message.hint}
            isLong
            autoFocus
            maxLength={mostText}
            value={text}
            onChange={type}
          />
          <Checkbox isOn={byMail} onChange={setByMail}>
            {attendant.message.byMail}
          </Checkbox>
          {fault !== undefined && (
            <Banner tone="bad" isLive>
              {fault}
            </Banner>
          )}
        </Stack>
      </div>
    </Dialog>
  )
}
