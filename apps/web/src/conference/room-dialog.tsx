import { useState } from 'react'
import { faultText } from '../app/app.ts'
import { useApp } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { Banner, Button, Dialog, Select, Switch, TextField, useQuestion } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './conference.module.css'
import type { Room } from './conference-store.ts'
import { ModeratorsField } from './moderators-field.tsx'
import { draftOf, newDraft, type RoomDraft, wishOf } from './room-draft.ts'

const announcements = ['silent', 'beep', 'count', 'names'] as const

/** How a room is set; making one makes its number. */
export function RoomDialog({
  room,
  isAdministrator,
  onClose,
}: {
  readonly room?: Room
  readonly isAdministrator: boolean
  readonly onClose: () => void
}) {
  const words = useWords()
  const { conference: texts, shell } = words
  const { api, toasts } = useApp()
  const submit = useSubmit()
  const [draft, setDraft] = useState<RoomDraft>(() => (room ? draftOf(room) : newDraft))
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const set = (change: Partial<RoomDraft>) => setDraft({ ...draft, ...change })
  const digits = (text: string) => text.replace(/\D/g, '').slice(0, 10)
  const isComplete = draft.name.trim() !== '' && draft.number.trim() !== ''
  const save = () =>
    submit.run(async () => {
      await api.call('putConferenceRoom', { params: { number: draft.number.trim() }, body: wishOf(draft) })
      toasts.show({ tone: 'good', text: texts.saved(draft.name.trim()) })
      onClose()
    })
  const remove = () =>
    ask({
      title: `${shell.remove}: ${draft.number}`,
      text: texts.removeAsk(draft.number),
      yes: shell.remove,
      isDanger: true,
      run: async () => {
        await api.call('removeConferenceRoom', { params: { number: draft.number } })
        onClose()
      },
    })
  return (
    <Dialog
      title={room ? texts.set(room.number) : texts.make}
      isOpen
      onClose={onClose}
      foot={
        <>
          {room && isAdministrator && (
            <Button icon="trash" onPress={remove}>
              {shell.remove}
            </Button>
          )}
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={!isComplete || submit.isBusy} onPress={save}>
            {shell.save}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        {submit.fault !== undefined && (
          <Banner tone="bad" isLive>
            {submit.fault}
          </Banner>
        )}
        {!room && (
          <TextField
            label={texts.number}
            hint={texts.numberHint}
            value={draft.number}
            onChange={(number) => set({ number })}
            inputMode="tel"
            autoFocus
          />
        )}
        <TextField
          label={texts.name}
          value={draft.name}
          onChange={(name) => set({ name })}
          maxLength={64}
          mistake={submit.mistakeAt('/name')}
        />
        {isAdministrator && <ModeratorsField draft={draft} set={set} />}
        <div className={css.pair}>
          <TextField
            label={texts.pin}
            hint={texts.pinHint}
            value={draft.pin}
            onChange={(pin) => set({ pin: digits(pin) })}
            inputMode="numeric"
            autoComplete="off"
            mistake={submit.mistakeAt('/pin')}
          />
          <TextField
            label={texts.moderatorPin}
            hint={texts.moderatorPinHint}
            value={draft.moderatorPin}
            onChange={(moderatorPin) => set({ moderatorPin: digits(moderatorPin) })}
            inputMode="numeric"
            autoComplete="off"
            mistake={submit.mistakeAt('/moderatorPin')}
          />
        </div>
        <Switch isOn={draft.isOpenToCompany} onChange={(isOpenToCompany) => set({ isOpenToCompany })}>
          {texts.openToCompany}
        </Switch>
        <Switch isOn={draft.waitsForModerator} onChange={(waitsForModerator) => set({ waitsForModerator })}>
          {texts.waitsForModerator}
        </Switch>
        {submit.mistakeAt('/waitsForModerator') !== undefined && (
          <Banner tone="warn" isLive>
            {texts.needsModerator}
          </Banner>
        )}
        <Switch isOn={draft.endsWithModerator} onChange={(endsWithModerator) => set({ endsWithModerator })}>
          {texts.endsWithModerator}
        </Switch>
        <Switch isOn={draft.startsMuted} onChange={(startsMuted) => set({ startsMuted })}>
          {texts.startsMuted}
        </Switch>
        <Switch isOn={draft.startsAsLecture} onChange={(startsAsLecture) => set({ startsAsLecture })}>
          {texts.startsAsLecture}
        </Switch>
        <Select
          label={texts.announces}
          value={draft.announces}
          onChange={(announces) => set({ announces })}
          choices={announcements.map((id) => ({ id, label: texts.announcements[id] }))}
        />
        <TextField
          label={texts.most}
          value={draft.mostMembers}
          onChange={(mostMembers) => set({ mostMembers: digits(mostMembers) })}
          inputMode="numeric"
          mistake={submit.mistakeAt('/mostMembers')}
        />
        <p className={css.keys}>{texts.keys}</p>
      </div>
      {dialog}
    </Dialog>
  )
}
