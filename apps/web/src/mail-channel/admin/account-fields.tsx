import { Select, Switch, TextField } from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import css from '../mail-channel.module.css'
import type { Account, AccountForm } from './account-form.ts'
import { accountSentences } from './sentences.ts'
import { ServerFields } from './server-fields.tsx'

/** Everything that is set of a mailbox, as it is typed. */
export function AccountFields({
  form,
  put,
  queues,
  secretsSet,
  mistakeAt,
}: {
  readonly form: AccountForm
  readonly put: (change: Partial<AccountForm>) => void
  /** Those that take mails. */
  readonly queues: readonly { readonly id: string; readonly name: string }[]
  /** Secrets that need not be typed again. */
  readonly secretsSet: readonly Account['secretsSet'][number][]
  /** What is wrong with a field. @param path JSON pointer into the settings */
  readonly mistakeAt: (path: string) => string | undefined
}) {
  const text = useText(accountSentences)
  const secret = (name: 'password' | 'clientSecret' | 'refreshToken') => (
    <TextField
      label={text(name === 'password' ? 'how.password' : name)}
      type="password"
      autoComplete="new-password"
      value={form[name]}
      onChange={(typed) => put({ [name]: typed })}
      {...(secretsSet.includes(name) ? { hint: text('isSet') } : {})}
      mistake={mistakeAt(`/secrets/${name}`)}
    />
  )
  return (
    <>
      <div className={css.fields}>
        <TextField
          label={text('name')}
          value={form.name}
          onChange={(name) => put({ name })}
          isRequired
          mistake={mistakeAt('/name')}
        />
        <TextField
          label={text('address')}
          inputMode="email"
          value={form.address}
          onChange={(address) => put({ address })}
          isRequired
          mistake={mistakeAt('/address')}
        />
        <TextField
          label={text('sender')}
          value={form.sender}
          onChange={(sender) => put({ sender })}
          mistake={mistakeAt('/sender')}
        />
        <TextField
          label={text('aliases')}
          hint={text('commas')}
          value={form.aliases}
          onChange={(aliases) => put({ aliases })}
          mistake={mistakeAt('/aliases')}
        />
      </div>
      <Switch isOn={form.isOn} onChange={(isOn) => put({ isOn })}>
        {text('isOn')}
      </Switch>
      <ServerFields form={form} put={put} mistakeAt={mistakeAt} />
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
                mistake={mistakeAt('/login')}
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
          mistake={mistakeAt('/trusted')}
        />
      </fieldset>
      <fieldset className={css.group}>
        <legend>{text('work')}</legend>
        <Select
          label={text('queue')}
          choices={[{ id: '', label: text('noQueue') }, ...queues.map(({ id, name }) => ({ id, label: name }))]}
          value={form.queueId}
          onChange={(queueId) => put({ queueId })}
          mistake={mistakeAt('/queueId')}
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
              mistake={mistakeAt('/autoReply/subject')}
            />
            <TextField
              isLong
              label={text('text')}
              value={form.autoText}
              onChange={(autoText) => put({ autoText })}
              mistake={mistakeAt('/autoReply/text')}
            />
          </>
        )}
      </fieldset>
    </>
  )
}
