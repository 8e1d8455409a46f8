import { useEffect, useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Dialog, Select, Switch, TextField } from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import { useWords } from '../../words/use-words.ts'
import css from '../mail-channel.module.css'
import { type Account, type AccountForm, bodyOf, changed, changeOf, formOf } from './account-form.ts'
import { accountSentences } from './sentences.ts'
import { ServerFields } from './server-fields.tsx'
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
  const [queues, setQueues] = useState<readonly { id: string; label: string }[]>([])
  useEffect(() => {
    api.call('readCentre').then(({ centre }) => {
      const forMails = centre.queues.filter(({ channels }) => channels.includes('mail'))
      setQueues(forMails.map(({ id, name }) => ({ id, label: name })))
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
      const { reading, sending, login, trusted, secrets } = bodyOf(form, account)
      setTried(
        await api.call('testMailAccount', {
          body: {
            ...(account ? { accountId: account.id } : {}),
            reading,
            ...(sending ? { sending } : {}),
            login,
            ...(trusted === undefined ? {} : { trusted }),
            ...(secrets ? { secrets } : {}),
          },
        }),
      )
    })
  const isReady = form.name.trim() !== '' && form.address.includes('@') && form.host.trim() !== ''
  const isSet = (name: Account['secretsSet'][number]) => account?.secretsSet.includes(name) === true
  const secret = (name: 'password' | 'clientSecret' | 'refreshToken') => (
    <TextField
      label={text(name === 'password' ? 'how.password' : name)}
      type="password"
      autoComplete="new-password"
      value={form[name]}
      onChange={(typed) => put({ [name]: typed })}
      {...(isSet(name) ? { hint: text('isSet') } : {})}
      mistake={submit.mistakeAt(`/secrets/${name}`)}
    />
  )
  return (
    <Dialog
      title={account ? text('edit', { name: account.name }) : text('make')}
      isOpen
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button isDisabled={trial.isBusy || !isReady} onPress={test}>
            {text('test')}
          </Button>
          <Button kind="primary" isDisabled={submit.isBusy || !isReady} onPress={save}>
            {shell.save}
          </Button>
        </>
      }
    >
      <div className={css.fields}>
        <TextField
          label={text('name')}
          value={form.name}
          onChange={(name) => put({ name })}
          isRequired
          mistake={submit.mistakeAt('/name')}
        />
        <TextField
          label={text('address')}
          inputMode="email"
          value={form.address}
          onChange={(address) => put({ address })}
          isRequired
          mistake={submit.mistakeAt('/address')}
        />
        <TextField
          label={text('sender')}
          value={form.sender}
          onChange={(sender) => put({ sender })}
          mistake={submit.mistakeAt('/sender')}
        />
        <TextField
          label={text('aliases')}
          hint={text('commas')}
          value={form.aliases}
          onChange={(aliases) => put({ aliases })}
          mistake={submit.mistakeAt('/aliases')}
        />
      </div>
      <Switch isOn={form.isOn} onChange={(isOn) => put({ isOn })}>
        {text('isOn')}
      </Switch>
      <ServerFields form={form} put={put} mistakeAt={submit.mistakeAt} />
      <fieldset className={css.group}>
        <legend>{text('how')}</legend>
        <div className={css.fields}>
          <Select
            label={text('how')}
            choices={(['password', 'oauth'] as const).map((id) => ({ id, label: text(`how.${id}`) }))}
            value={form.how}
            onChange={(how) => put({ how })}
          />
          {form.how === 'password' ? (
            secret('password')
          ) : (
            <>
              <TextField
                label={text('tokenUrl')}
                inputMode="url"
                value={form.tokenUrl}
                onChange={(tokenUrl) => put({ tokenUrl })}
                mistake={submit.mistakeAt('/login')}
              />
              <TextField label={text('clientId')} value={form.clientId} onChange={(clientId) => put({ clientId })} />
              {secret('clientSecret')}
              {secret('refreshToken')}
              <TextField label={text('scope')} value={form.scope} onChange={(scope) => put({ scope })} />
            </>
          )}
        </div>
        <TextField
          isLong
          label={text('trusted')}
          value={form.trusted}
          onChange={(trusted) => put({ trusted })}
          mistake={submit.mistakeAt('/trusted')}
        />
      </fieldset>
      <fieldset className={css.group}>
        <legend>{text('work')}</legend>
        <Select
          label={text('queue')}
          choices={[{ id: '', label: text('noQueue') }, ...queues]}
          value={form.queueId}
          onChange={(queueId) => put({ queueId })}
          mistake={submit.mistakeAt('/queueId')}
        />
        <TextField
          isLong
          label={text('signature')}
          value={form.signature}
          onChange={(signature) => put({ signature })}
        />
        <Switch isOn={form.answersItself} onChange={(answersItself) => put({ answersItself })}>
          {text('autoReply')}
        </Switch>
        {form.answersItself && (
          <>
            <TextField
              label={text('subject')}
              hint={text('autoHint')}
              value={form.autoSubject}
              onChange={(autoSubject) => put({ autoSubject })}
              mistake={submit.mistakeAt('/autoReply/subject')}
            />
            <TextField
              isLong
              label={text('text')}
              value={form.autoText}
              onChange={(autoText) => put({ autoText })}
              mistake={submit.mistakeAt('/autoReply/text')}
            />
          </>
        )}
      </fieldset>
      {tried && <TriedResult tried={tried} />}
      {(submit.fault ?? trial.fault) !== undefined && (
        <Banner tone="bad" isLive>
          {submit.fault ?? trial.fault}
        </Banner>
      )}
    </Dialog>
  )
}
