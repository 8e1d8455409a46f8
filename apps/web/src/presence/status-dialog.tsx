import { useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { Button, Dialog, Select, TextField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { type ChosenState, chosenStates, type EndingChoice, endings, endOf } from './own-presence.ts'
import css from './presence.module.css'
import { presenceServices } from './presence-services.ts'

/** Status with a note and an end. */
export function StatusDialog({ onClose }: { readonly onClose: () => void }) {
  const app = useApp()
  const { presence } = useWords()
  const { own } = presenceServices(app)
  const chosen = own.state.get()?.chosen
  const [state, setState] = useState<ChosenState>(chosen?.state ?? 'away')
  const [note, setNote] = useState(chosen?.note ?? '')
  const [ending, setEnding] = useState<EndingChoice>('never')
  const [isSaving, setSaving] = useState(false)
  const save = async () => {
    setSaving(true)
    const untilMs = endOf(ending, app.clock.nowMs())
    const text = note.trim()
    try {
      await own.choose({
        state,
        ...(text === '' ? {} : { note: text }),
        ...(untilMs === undefined ? {} : { until: new Date(untilMs).toISOString() }),
      })
      onClose()
    } catch (fault) {
      setSaving(false)
      app.showFault(fault)
    }
  }
  return (
    <Dialog
      title={presence.choose}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{presence.cancel}</Button>
          <Button kind="primary" isDisabled={isSaving} onPress={() => void save()}>
            {presence.save}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <Select
          label={presence.state}
          value={state}
          onChange={setState}
          choices={chosenStates.map((id) => ({
            id,
            label: id === 'offline' ? presence.appearOffline : presence.states[id],
          }))}
        />
        <TextField
          label={presence.note}
          value={note}
          onChange={setNote}
          maxLength={200}
          placeholder={presence.notePlaceholder}
        />
        <Select
          label={presence.ends}
          value={ending}
          onChange={setEnding}
          choices={endings.map((id) => ({ id, label: presence.endings[id] }))}
        />
      </div>
    </Dialog>
  )
}
