import { useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { type Chosen, PeoplePicker } from '../chat/people-picker.tsx'
import { Banner, Button, Dialog, TextField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import type { MessageList, VoiceMessage } from './message-list.ts'
import css from './voicemail.module.css'

/** To whom a message is sent on, and what is said with it. */
export function ForwardDialog({
  list,
  message,
  onClose,
}: {
  readonly list: MessageList
  readonly message: VoiceMessage
  readonly onClose: () => void
}) {
  const { voicemail, shell } = useWords()
  const { toasts } = useApp()
  const submit = useSubmit()
  const [people, setPeople] = useState<readonly Chosen[]>([])
  const [comment, setComment] = useState('')
  const send = () =>
    submit.run(async () => {
      await list.forward(
        message,
        people.map(({ userId }) => userId),
        comment,
      )
      toasts.show({ tone: 'good', text: voicemail.forwarded(people.length) })
      onClose()
    })
  return (
    <Dialog
      title={voicemail.forwardTitle}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" icon="send" isDisabled={people.length === 0 || submit.isBusy} onPress={send}>
            {voicemail.send}
          </Button>
        </>
      }
    >
      {people.length > 0 && (
        <ul className={css.chosen}>
          {people.map((one) => (
            <li key={one.userId}>
              <Button
                icon="close"
                size="small"
                aria-label={voicemail.remove(one.name)}
                onPress={() => setPeople(people.filter(({ userId }) => userId !== one.userId))}
              >
                {one.name}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <PeoplePicker
        without={people.map(({ userId }) => userId)}
        onChoose={(person) => setPeople([...people, person])}
      />
      <TextField label={voicemail.comment} value={comment} onChange={setComment} maxLength={1000} isLong />
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
    </Dialog>
  )
}
