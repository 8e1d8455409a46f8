import { useEffect, useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import { Button } from '../../look/index.ts'
import { FaultBanner } from '../../session/fault-banner.tsx'
import { loadPasskeys } from '../../session/load-passkeys.ts'
import { useWords } from '../../words/use-words.ts'
import { CodesSetup } from './codes-setup.tsx'
import { deviceName } from './device-name.ts'
import { makePasskey } from './make-passkey.ts'
import css from './security.module.css'

/** The first second factor: an authenticator app, or a passkey where the browser can make one. */
export function FactorSetup({ onDone }: { readonly onDone: (recoveryCodes: readonly string[]) => void }) {
  const { security } = useWords()
  const { api } = useApp()
  const [hasPasskeys, setHasPasskeys] = useState(false)
  const [by, setBy] = useState<'code'>()
  const [fault, setFault] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    const find = async () => {
      const [ways, passkeys] = await Promise.all([api.call('readLoginWays'), loadPasskeys()])
      setHasPasskeys(ways.passkey && passkeys.isSupported)
    }
    find().catch(setFault)
  }, [api])
  if (by === 'code') return <CodesSetup onDone={onDone} />
  const passkey = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      onDone((await makePasskey(api, loadPasskeys, deviceName(navigator.userAgent))).codes)
    } catch (error) {
      setFault(error)
      setBusy(false)
    }
  }
  return (
    <div className={css.choices}>
      {hasPasskeys && (
        <Button kind="primary" size="large" icon="key" isDisabled={isBusy} onPress={() => void passkey()}>
          {security.setUpPasskey}
        </Button>
      )}
      <Button
        {...(hasPasskeys ? {} : { kind: 'primary' as const })}
        size="large"
        icon="mobile"
        onPress={() => setBy('code')}
      >
        {security.setUpCodes}
      </Button>
      <FaultBanner fault={fault} />
    </div>
  )
}
