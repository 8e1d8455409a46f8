import { type FormEvent, useEffect, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { Button, TextField } from '../../look/index.ts'
import { FaultBanner } from '../../session/fault-banner.tsx'
import { useWords } from '../../words/use-words.ts'
import { QrCode } from './qr-code.tsx'
import css from './security.module.css'

/** Setting up an authenticator app: a secret to scan, and a code of it as the proof that it works. */
export function CodesSetup({ onDone }: { readonly onDone: (recoveryCodes: readonly string[]) => void }) {
  const { security } = useWords()
  const { api } = useApp()
  const [start, setStart] = useState<ReplyOf<'startCodes'>>()
  const [code, setCode] = useState('')
  const [fault, setFault] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    let isHere = true
    api.call('startCodes').then(
      (made) => isHere && setStart(made),
      (error: unknown) => isHere && setFault(error),
    )
    return () => {
      isHere = false
    }
  }, [api])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!start) return
    setBusy(true)
    setFault(undefined)
    try {
      onDone((await api.call('confirmCodes', { body: { ticket: start.ticket, code: code.trim() } })).codes)
    } catch (error) {
      setFault(error)
      setBusy(false)
    }
  }
  return (
    <form className={css.setup} onSubmit={(event) => void submit(event)}>
      <div className={css.scan}>
        {start ? <QrCode text={start.uri} label={security.qrLabel} /> : <div className={css.qr} />}
        <div className={css.scanText}>
          <span>{security.scan}</span>
          <span className={css.secret}>{start?.secret.match(/.{1,4}/g)?.join(' ') ?? ' '}</span>
          {start && <a href={start.uri}>{security.openApp}</a>}
        </div>
      </div>
      <div className={css.code}>
        <TextField
          label={security.codeLabel}
          hint={security.codeHint}
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={7}
          autoFocus
          isRequired
        />
      </div>
      <FaultBanner fault={fault} />
      <Button kind="primary" type="submit" isDisabled={isBusy || !start || code.trim().length < 6}>
        {security.confirm}
      </Button>
    </form>
  )
}
