import { type FormEvent, useEffect, useState } from 'react'
import { useApp } from '../app/use-app.ts'
import type { ReplyOf } from '../api/api.ts'
import { Button, Dialog, TextField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { FaultBanner } from './fault-banner.tsx'
import { loadPasskeys } from './load-passkeys.ts'
import css from './login.module.css'
import { useIdentity } from './session-context.ts'

/** The questions of {@link ProofDialog}. */
export function ProofQuestions() {
  const { session: words } = useWords()
  const { api, me } = useApp()
  const { prover } = useIdentity()
  const [security, setSecurity] = useState<ReplyOf<'readMySecurity'>>()
  const [password, setPassword] = useState('')
  const [fault, setFault] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    api.call('readMySecurity').then(setSecurity, setFault)
  }, [api])
  const attempt = async (prove: () => Promise<unknown>) => {
    setBusy(true)
    setFault(undefined)
    try {
      await prove()
      prover.answered(true)
    } catch (error) {
      setFault(error)
      setBusy(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void attempt(() => api.call('proveMyself', { body: { password } }))
  }
  const withPasskey = () =>
    attempt(async () => {
      const { ticket, options } = await api.call('askForMyPasskey')
      const passkey = await (await loadPasskeys()).ask(options)
      await api.call('proveMyself', { body: { ticket, passkey } })
    })
  const hasPasskey = (security?.passkeys.length ?? 0) > 0
  return (
    <Dialog title={words.proofTitle} isOpen onClose={() => prover.answered(false)}>
      <p className={css.lead}>{security?.hasPassword === false && !hasPasskey ? words.proofBySso : words.proofLead}</p>
      {security?.hasPassword !== false && (
        <form className={css.form} onSubmit={submit}>
          <input
            type="text"
            name="username"
            autoComplete="username"
            value={me.get()?.user.login ?? ''}
            readOnly
            hidden
          />
          <TextField
            label={words.password}
            type="password"
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
            autoFocus
            isRequired
          />
          <FaultBanner fault={fault} />
          <Button kind="primary" type="submit" isDisabled={isBusy || password === ''}>
            {words.goOn}
          </Button>
        </form>
      )}
      {hasPasskey && (
        <div className={css.wide}>
          <Button icon="key" isDisabled={isBusy} onPress={() => void withPasskey()}>
            {words.withPasskey}
          </Button>
        </div>
      )}
    </Dialog>
  )
}
