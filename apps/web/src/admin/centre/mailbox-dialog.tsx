import { useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Line } from '../../look/index.ts'
import { AccountFields } from '../../mail-channel/admin/account-fields.tsx'
import { type AccountForm, bodyOf, changed, formOf, isReady, trialOf } from '../../mail-channel/admin/account-form.ts'
import { accountSentences } from '../../mail-channel/admin/sentences.ts'
import { type Tried, TriedResult } from '../../mail-channel/admin/tried-result.tsx'
import { useText } from '../../words/use-text.ts'
import type { CentreModel, CentreView, Mailbox } from './centre-model.ts'
import { findingsAt } from './centre-props.ts'
import { ThingDialog } from './thing-dialog.tsx'
import { useCentreText } from './use-centre-text.ts'

const lackingSecrets: ReadonlySet<string> = new Set(['mailbox-no-password', 'mailbox-no-token'])

/** A mailbox of the draft. Its secrets go to the server apart, and never come back. */
export function MailboxDialog({
  id,
  mailbox,
  model,
  view,
  onClose,
}: {
  readonly id: string
  readonly mailbox: Mailbox | undefined
  readonly model: CentreModel
  readonly view: CentreView
  readonly onClose: () => void
}) {
  const text = useCentreText()
  const say = useText(accountSentences)
  const { api } = useApp()
  const trial = useSubmit()
  const [form, setForm] = useState(() => formOf(mailbox))
  const [tried, setTried] = useState<Tried>()
  const [isNew] = useState(mailbox === undefined)
  const put = (change: Partial<AccountForm>) => {
    setForm(changed(form, change))
    setTried(undefined)
  }
  const save = async () => {
    const { secrets, ...settings } = bodyOf(form, mailbox)
    await model.put('mailboxes', { id, ...settings })
    if (Object.keys(secrets).length > 0) await model.giveSecrets(id, secrets)
  }
  const test = () =>
    trial.run(async () => {
      setTried(await api.call('testMailAccount', { body: trialOf(form, mailbox, id) }))
    })
  const hasSecrets = !isNew && !findingsAt(view, 'mailboxes', id).some(({ code }) => lackingSecrets.has(code))
  return (
    <ThingDialog
      title={mailbox === undefined ? text('newMailbox') : mailbox.name}
      model={model}
      view={view}
      section="mailboxes"
      id={id}
      isNew={isNew}
      isWide
      canSave={isReady(form)}
      save={save}
      onClose={onClose}
    >
      {(mistakeAt) => (
        <>
          <AccountFields
            form={form}
            put={put}
            queues={view.centre.queues.filter(({ channels }) => channels.includes('mail'))}
            secretsSet={hasSecrets ? ['password', 'refreshToken'] : []}
            mistakeAt={mistakeAt}
          />
          <Line>
            <Button isDisabled={trial.isBusy || !isReady(form)} onPress={test}>
              {say('test')}
            </Button>
          </Line>
          {tried && <TriedResult tried={tried} />}
          {trial.fault !== undefined && (
            <Banner tone="bad" isLive>
              {trial.fault}
            </Banner>
          )}
        </>
      )}
    </ThingDialog>
  )
}
