import { useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Checkbox, Dialog, Quiet, TextField, useQuestion } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import { SecretOnce } from '../secret-once.tsx'
import { useFtpsText } from './use-ftps-text.ts'

export type FtpsAccount = ReplyOf<'readFtpsAccess'>['accounts'][number]

interface Draft {
  readonly name: string
  readonly from: string
  /** A day, as the browser's field has it. */
  readonly until: string
  readonly needsSessionReuse: boolean
}

/** The last moment of a day where the reader is. */
const endOfDay = (day: string): string => new Date(`${day}T23:59:59.999`).toISOString()

const dayOf = (time: string): string => {
  const at = new Date(time)
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`
}

const draftOf = (account: FtpsAccount | undefined): Draft => ({
  name: account?.name ?? '',
  from: account?.fromAddresses.join('\n') ?? '',
  until: account?.expiresAt === undefined ? '' : dayOf(account.expiresAt),
  needsSessionReuse: account?.needsSessionReuse ?? true,
})

/** Makes or changes an account; its password is shown once. */
export function AccountDialog({ account, onClose }: { readonly account?: FtpsAccount; readonly onClose: () => void }) {
  const words = useWords()
  const { shell } = words
  const text = useFtpsText()
  const { api, toasts } = useApp()
  const submit = useSubmit()
  const [draft, setDraft] = useState(() => draftOf(account))
  const [secret, setSecret] = useState<{ readonly login: string; readonly password: string }>()
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const set =
    <K extends keyof Draft>(key: K) =>
    (value: Draft[K]) =>
      setDraft({ ...draft, [key]: value })
  const fromAddresses = draft.from.split(/[\s,;]+/).filter((line) => line !== '')
  const show = ({ account: { login }, password }: ReplyOf<'createFtpsAccount'>) => setSecret({ login, password })
  const save = () =>
    submit.run(async () => {
      const { name, until, needsSessionReuse } = draft
      if (!account) {
        const expiresAt = until === '' ? {} : { expiresAt: endOfDay(until) }
        show(await api.call('createFtpsAccount', { body: { name, fromAddresses, needsSessionReuse, ...expiresAt } }))
        return
      }
      const isSameDay = account.expiresAt !== undefined && dayOf(account.expiresAt) === until
      const expiresAt = isSameDay ? {} : { expiresAt: until === '' ? null : endOfDay(until) }
      await api.call('changeFtpsAccount', {
        params: { accountId: account.id },
        body: { fromAddresses, needsSessionReuse, ...expiresAt },
      })
      toasts.show({ tone: 'good', text: text('saved', { login: account.login }) })
      onClose()
    })
  const askPassword = ({ id, login }: FtpsAccount) =>
    ask({
      title: text('newPassword'),
      text: text('newPasswordAsk', { login }),
      yes: text('newPassword'),
      run: async () => show(await api.call('renewFtpsPassword', { params: { accountId: id } })),
    })
  const askRemove = ({ id, login }: FtpsAccount) =>
    ask({
      title: `${shell.remove}: ${login}`,
      text: text('removeAsk', { login }),
      yes: shell.remove,
      isDanger: true,
      run: async () => {
        await api.call('removeFtpsAccount', { params: { accountId: id } })
        toasts.show({ tone: 'good', text: text('removed', { login }) })
        onClose()
      },
    })
  if (secret)
    return (
      <Dialog title={secret.login} isOpen onClose={onClose} foot={<Button onPress={onClose}>{shell.close}</Button>}>
        <SecretOnce
          hint={text('once')}
          items={[
            [text('login'), secret.login],
            [text('password'), secret.password],
          ]}
        />
      </Dialog>
    )
  return (
    <Dialog
      title={account?.login ?? text('make')}
      isOpen
      onClose={onClose}
      foot={
        <>
          {account && (
            <>
              <Button icon="trash" onPress={() => askRemove(account)}>
                {shell.remove}
              </Button>
              <Button onPress={() => askPassword(account)}>{text('newPassword')}</Button>
            </>
          )}
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={submit.isBusy || draft.name === ''} onPress={save}>
            {shell.save}
          </Button>
        </>
      }
    >
      {dialog}
      {!account && (
        <TextField
          label={text('name')}
          hint={text('nameHint')}
          value={draft.name}
          onChange={set('name')}
          mistake={submit.mistakeAt('/name')}
          autoFocus
        />
      )}
      <TextField
        label={text('from')}
        hint={text('fromHint')}
        isLong
        value={draft.from}
        onChange={set('from')}
        mistake={submit.mistakeAt('/fromAddresses') && text('fromWrong')}
      />
      <TextField
        label={text('until')}
        hint={text('untilHint')}
        type="date"
        value={draft.until}
        onChange={set('until')}
        mistake={submit.mistakeAt('/expiresAt') && text('untilWrong')}
      />
      <Checkbox isOn={draft.needsSessionReuse} onChange={set('needsSessionReuse')}>
        {text('reuse')}
      </Checkbox>
      <Quiet>{text('reuseHint')}</Quiet>
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
    </Dialog>
  )
}
