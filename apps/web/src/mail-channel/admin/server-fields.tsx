import { Select, Switch, TextField } from '../../look/index.ts'
import { useText } from '../../words/use-text.ts'
import css from '../mail-channel.module.css'
import type { AccountForm } from './account-form.ts'
import { accountSentences } from './sentences.ts'

type Security = AccountForm['security']

/** Where mails are read and where they are given for sending. */
export function ServerFields({
  form,
  put,
  mistakeAt,
}: {
  readonly form: AccountForm
  readonly put: (change: Partial<AccountForm>) => void
  readonly mistakeAt: (path: string) => string | undefined
}) {
  const text = useText(accountSentences)
  const isImap = form.protocol === 'imap'
  const afters = isImap ? (['read', 'move', 'delete', 'keep'] as const) : (['keep', 'delete'] as const)
  return (
    <>
      <fieldset className={css.group}>
        <legend>{text('reading')}</legend>
        <div className={css.fields}>
          <Select
            label={text('protocol')}
            choices={[
              { id: 'imap' as const, label: 'IMAP' },
              { id: 'pop3' as const, label: 'POP3' },
            ]}
            value={form.protocol}
            onChange={(protocol) => put({ protocol })}
          />
          <Place
            host={form.host}
            port={form.port}
            security={form.security}
            onChange={({ host = form.host, port, security }) =>
              put({ host, ...(port === undefined ? {} : { port }), ...(security === undefined ? {} : { security }) })
            }
            mistake={mistakeAt('/reading/server')}
          />
          <TextField
            label={text('login')}
            placeholder={form.address}
            autoComplete="off"
            value={form.login}
            onChange={(login) => put({ login })}
            mistake={mistakeAt('/reading/login')}
          />
          {isImap && (
            <TextField
              label={text('folder')}
              value={form.folder}
              onChange={(folder) => put({ folder })}
              mistake={mistakeAt('/reading/folder')}
            />
          )}
          <Select
            label={text('after')}
            choices={afters.map((id) => ({ id, label: text(`after.${id}`) }))}
            value={form.after}
            onChange={(after) => put({ after })}
            mistake={mistakeAt('/reading/after')}
          />
          {form.after === 'move' && (
            <TextField
              label={text('moveTo')}
              value={form.moveTo}
              onChange={(moveTo) => put({ moveTo })}
              mistake={mistakeAt('/reading/moveTo')}
            />
          )}
          <Select
            label={text('first')}
            choices={(['unread', 'all', 'new'] as const).map((id) => ({ id, label: text(`first.${id}`) }))}
            value={form.first}
            onChange={(first) => put({ first })}
          />
        </div>
      </fieldset>
      <fieldset className={css.group}>
        <legend>{text('sending')}</legend>
        <Switch isOn={form.sends} onChange={(sends) => put({ sends })}>
          {text('sends')}
        </Switch>
        {form.sends && (
          <div className={css.fields}>
            <Place
              host={form.sendHost}
              port={form.sendPort}
              security={form.sendSecurity}
              placeholder={form.host}
              onChange={({ host = form.sendHost, port, security }) =>
                put({
                  sendHost: host,
                  ...(port === undefined ? {} : { sendPort: port }),
                  ...(security === undefined ? {} : { sendSecurity: security }),
                })
              }
              mistake={mistakeAt('/sending')}
            />
          </div>
        )}
      </fieldset>
    </>
  )
}

function Place({
  host,
  port,
  security,
  placeholder = '',
  onChange,
  mistake,
}: {
  readonly host: string
  readonly port: string
  readonly security: Security
  readonly placeholder?: string
  readonly onChange: (change: { readonly host?: string; readonly port?: string; readonly security?: Security }) => void
  readonly mistake: string | undefined
}) {
  const text = useText(accountSentences)
  const choices = [
    { id: 'tls' as const, label: 'TLS' },
    { id: 'starttls' as const, label: 'STARTTLS' },
    { id: 'none' as const, label: text('withoutTls') },
  ]
  return (
    <>
      <TextField
        label={text('host')}
        placeholder={placeholder}
        value={host}
        onChange={(typed) => onChange({ host: typed })}
        mistake={mistake}
      />
      <Select
        label={text('security')}
        choices={choices}
        value={security}
        onChange={(chosen) => onChange({ security: chosen })}
      />
      <TextField
        label={text('port')}
        inputMode="numeric"
        value={port}
        onChange={(typed) => onChange({ port: typed.replace(/\D/g, '') })}
      />
    </>
  )
}
