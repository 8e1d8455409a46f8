import { useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { Button, Dialog } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import css from './phone.module.css'
import { DialField, type Dialled } from './dial-field.tsx'
import type { PhoneCall } from './phone-state.ts'
import type { PhoneViewModel } from './phone-view-model.ts'
import { whoOf } from './phone-words.ts'
import { codeOf } from '../telephone/code-text.ts'
import { useTelephoneFeatures } from '../telephone/use-telephone.ts'

/** Whom a call is given to: at once, or after asking them. */
export function TransferDialog({
  call,
  phone,
  onClose,
}: {
  readonly call: PhoneCall
  readonly phone: PhoneViewModel
  readonly onClose: () => void
}) {
  const { phone: texts, shell, telephone } = useWords()
  const { showFault } = useApp()
  const [to, setTo] = useState<Dialled>({ number: '' })
  const give = () => {
    onClose()
    phone.transfer(call.id, to.number).catch(showFault)
  }
  const ask = () => {
    onClose()
    phone.consult(call.id, to.number, to.name).catch(showFault)
  }
  const isEmpty = to.number.trim() === ''
  const mailbox = codeOf(useTelephoneFeatures()?.codes, 'voicemailOf')
  const leave = () => {
    onClose()
    phone.transfer(call.id, `${mailbox}${to.number.trim()}`).catch(showFault)
  }
  return (
    <Dialog
      title={`${texts.transfer}: ${whoOf(call)}`}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          {mailbox !== undefined && (
            <Button isDisabled={!/^\d+$/.test(to.number.trim())} onPress={leave}>
              {telephone.toVoicemail}
            </Button>
          )}
          <Button isDisabled={isEmpty} onPress={ask}>
            {texts.askFirst}
          </Button>
          <Button kind="primary" isDisabled={isEmpty} onPress={give}>
            {texts.transferNow}
          </Button>
        </>
      }
    >
      <div className={css.transfer}>
        <DialField label={texts.transferTo} onChange={setTo} />
      </div>
    </Dialog>
  )
}
