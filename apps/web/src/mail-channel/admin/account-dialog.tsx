import { useEffect, useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Dialog } from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import { useWords } from '../../words/use-words.ts'
import { AccountFields } from './account-fields.tsx'
import { type Account, type AccountForm, bodyOf, changed, changeOf, formOf, isReady, trialOf } from './account-form.ts'
import { accountSentences } from './sentences.ts'
import { type Tried, TriedResult } from './tried-result.tsx'

/** A mailbox is set up or changed; its settings can be tried before they are kept. */
export function AccountDialog({
  account,
  onClose,
}: {
  readonly account: Account | undefined
  readonly onClose: () => void
}) {
  const { shell } = useWords()
  const { api, showFault } = useApp()
  const text = useText(accountSentences)
  const submit = useSubmit()
  const trial = useSubmit()
  const [form, setForm] = useState(() => formOf(account))
  const [tried, setTried] = useState<Tried>()
  const [queues, setQueues] = useState<readonly { id: string; name: string }[]>([])
  useEffect(() => {
    api.call('readCentre').then(({ centre }) => {
      setQueues(centre.queues.filter(({ channels }) => channels.includes('mail')))
    }, showFault)
  }, [api, showFault])
  const put = (change: Partial<AccountForm>) => {
    setForm(changed(form, change))
    setTried(undefined)
  }
  const save = () =>
    submit.run(async () => {
      if (account)
        await api.call('changeMailAccount', { params: { accountId: account.id }, body: changeOf(form, account) })
      else await api.call('createMailAccount', { body: bodyOf(form, undefined) })
      onClose()
    })
  const test = () =>
    trial.run(async () => {
      setTried(await api.call('testMailAccount', { body: trialOf(form, account, account?.id) }))
    })
  return (
    <Dialog
      title={account ? text('edit', { name: account.name }) : text('make')}
      isOpen
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button isDisabled={trial.isBusy || !isReady(form)} onPress={test}>
            {text('test')}
          </Button>
          <Button kind="primary" isDisabled={submit.isBusy || !isReady(form)} onPress={save}>
            {shell.save}
          </Button>
        </>
      }
    >
      <AccountFields
        form={form}
        put={put}
        queues={queues}
        secretsSet={account?.secretsSet ?? []}
        mistakeAt={submit.mistakeAt}
      />
      {tried && <TriedResult tried={tried} />}
      {(submit.fault ?? trial.fault) !== undefined && (
        <Banner tone="bad" isLive>
          {submit.fault ?? trial.fault}
        </Banner>
      )}
    </Dialog>
  )
}
