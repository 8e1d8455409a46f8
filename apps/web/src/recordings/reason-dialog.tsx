import { useState } from 'react'
import { useSubmit } from '../app/use-submit.ts'
import { Banner, Button, Dialog, TextField } from '../look/index.ts'
import { useText } from '../words/use-text.ts'
import { recordingSentences } from './sentences.ts'

/** Asks why; without a reason nothing is done. */
export function ReasonDialog({
  title,
  explanation,
  yes,
  isDanger,
  onClose,
  run,
}: {
  readonly title: string
  readonly explanation: string
  readonly yes: string
  readonly isDanger: boolean
  readonly onClose: () => void
  readonly run: (reason: string) => Promise<void>
}) {
  const text = useText(recordingSentences)
  const [reason, setReason] = useState('')
  const submit = useSubmit()
  const go = () =>
    submit.run(async () => {
      await run(reason.trim())
      onClose()
    })
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{text('cancel')}</Button>
          <Button
            kind={isDanger ? 'danger' : 'primary'}
            isDisabled={submit.isBusy || reason.trim() === ''}
            onPress={go}
          >
            {yes}
          </Button>
        </>
      }
    >
      <p>{explanation}</p>
      {submit.fault !== undefined && <Banner tone="bad">{submit.fault}</Banner>}
      <TextField label={text('reason')} value={reason} onChange={setReason} maxLength={500} autoFocus />
    </Dialog>
  )
}
