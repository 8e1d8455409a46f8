import { useState } from 'react'
import { useValue } from '../base/use-value.ts'
import { Button, Dialog, TextField } from '../look/index.ts'
import { useText } from '../words/use-text.ts'
import { useWords } from '../words/use-words.ts'
import type { MailModel } from './mail-model.ts'
import { mailSentences } from './sentences.ts'

/** Something for colleagues alone. */
export function NoteDialog({ model, onClose }: { readonly model: MailModel; readonly onClose: () => void }) {
  const { shell } = useWords()
  const text = useText(mailSentences)
  const { isBusy } = useValue(model.state)
  const [note, setNote] = useState('')
  const save = () => void model.note(note).then((isKept) => isKept && onClose())
  return (
    <Dialog
      title={text('addNote')}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={isBusy || note.trim() === ''} onPress={save}>
            {shell.save}
          </Button>
        </>
      }
    >
      <TextField isLong label={text('note')} hint={text('noteHint')} value={note} onChange={setNote} />
    </Dialog>
  )
}
