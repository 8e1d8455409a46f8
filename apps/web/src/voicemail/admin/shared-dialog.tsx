import { useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { type Chosen, PeoplePicker } from '../../chat/people-picker.tsx'
import { Banner, Button, Dialog, Labelled, TextField } from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import { useWords } from '../../words/use-words.ts'
import css from '../voicemail.module.css'
import { mailboxSentences } from './sentences.ts'

export type SharedMailbox = ReplyOf<'listSharedMailboxes'>['items'][number]

/** A shared mailbox is made or changed. @param people names of its members, as far as they are known */
export function SharedDialog({
  box,
  people,
  onClose,
}: {
  readonly box: SharedMailbox | undefined
  readonly people: ReadonlyMap<string, string>
  readonly onClose: () => void
}) {
  const { shell } = useWords()
  const { api } = useApp()
  const text = useText(mailboxSentences)
  const submit = useSubmit()
  const [name, setName] = useState(box?.name ?? '')
  const [number, setNumber] = useState(box?.number ?? '')
  const [members, setMembers] = useState<readonly Chosen[]>(
    (box?.members ?? []).map((userId) => ({ userId, name: people.get(userId) ?? userId })),
  )
  const [mostMessages, setMostMessages] = useState(String(box?.mostMessages ?? 100))
  const [mostMinutes, setMostMinutes] = useState(String(box?.mostMinutes ?? 60))
  const save = () =>
    submit.run(async () => {
      const given = number.trim()
      const body = {
        name: name.trim(),
        members: members.map(({ userId }) => userId),
        mostMessages: Number(mostMessages),
        mostMinutes: Number(mostMinutes),
      }
      if (box)
        await api.call('changeSharedMailbox', {
          params: { boxId: box.id },
          body: { ...body, number: given === '' ? null : given },
        })
      else await api.call('createSharedMailbox', { body: { ...body, ...(given === '' ? {} : { number: given }) } })
      onClose()
    })
  const digits = (set: (typed: string) => void) => (typed: string) => set(typed.replace(/\D/g, ''))
  return (
    <Dialog
      title={box ? text('edit', { name: box.name }) : text('make')}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={submit.isBusy || name.trim() === ''} onPress={save}>
            {shell.save}
          </Button>
        </>
      }
    >
      <TextField label={text('name')} value={name} onChange={setName} mistake={submit.mistakeAt('/name')} isRequired />
      <TextField
        label={text('number')}
        hint={text('numberHint')}
        value={number}
        onChange={setNumber}
        inputMode="tel"
        mistake={submit.mistakeAt('/number')}
      />
      <Labelled label={text('members')}>
        <ul className={css.chosen}>
          {members.map((one) => (
            <li key={one.userId}>
              <Button
                icon="close"
                size="small"
                aria-label={text('leaveOut', { name: one.name })}
                onPress={() => setMembers(members.filter(({ userId }) => userId !== one.userId))}
              >
                {one.name}
              </Button>
            </li>
          ))}
        </ul>
        <PeoplePicker
          without={members.map(({ userId }) => userId)}
          onChoose={(person) => setMembers([...members, person])}
        />
      </Labelled>
      <div className={css.fields}>
        <TextField
          label={text('mostMessages')}
          value={mostMessages}
          onChange={digits(setMostMessages)}
          inputMode="numeric"
          mistake={submit.mistakeAt('/mostMessages')}
        />
        <TextField
          label={text('mostMinutes')}
          value={mostMinutes}
          onChange={digits(setMostMinutes)}
          inputMode="numeric"
          mistake={submit.mistakeAt('/mostMinutes')}
        />
      </div>
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
    </Dialog>
  )
}
