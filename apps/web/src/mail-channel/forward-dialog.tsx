import { useState } from 'react'
import { useValue } from '../base/use-value.ts'
import { Button, Dialog, TextField } from '../look/index.ts'
import { useText } from '../words/use-text.ts'
import { useWords } from '../words/use-words.ts'
import type { MailModel } from './mail-model.ts'
import { mailSentences } from './sentences.ts'

/** A mail goes on to somebody else, with its files. */
export function ForwardDialog({
  model,
  mailId,
  onClose,
}: {
  readonly model: MailModel
  readonly mailId: string
  readonly onClose: () => void
}) {
  const { shell } = useWords()
  const text = useText(mailSentences)
  const { isBusy } = useValue(model.state)
  const [to, setTo] = useState('')
  const [said, setSaid] = useState('')
  const send = () => void model.forward(mailId, to, said).then((isSent) => isSent && onClose())
  return (
    <Dialog
      title={text('forward')}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={isBusy || !to.includes('@')} onPress={send}>
            {text('send')}
          </Button>
        </>
      }
    >
      <TextField label={text('to')} value={to} onChange={setTo} inputMode="email" isRequired />
      <TextField isLong label={text('forwardText')} value={said} onChange={setSaid} />
    </Dialog>
  )
}
