import { type FormEvent, useState } from 'react'
import { useValue } from '../base/use-value.ts'
import { Button, TextField } from '../look/index.ts'
import { useWords } from '../words/use-words.ts'
import { FaultBanner } from './fault-banner.tsx'
import type { Factor, LoginStep, LoginViewModel } from './login-view-model.ts'
import css from './login.module.css'

type Step = Extract<LoginStep, { name: 'second-factor' }>

/** The second step: a code of the app, a passkey, or a recovery code, whichever the person has. */
export function FactorForm({ viewModel, step }: { readonly viewModel: LoginViewModel; readonly step: Step }) {
  const { session } = useWords()
  const { isBusy, fault, blockedForMs } = useValue(viewModel.state)
  const others = step.factors.filter((factor) => factor !== step.by)
  return (
    <>
      {step.by === 'passkey' ? (
        <div className={css.form}>
          <FaultBanner fault={fault} blockedForMs={blockedForMs} />
          <Button
            kind="primary"
            size="large"
            type="submit"
            icon="key"
            isDisabled={isBusy}
            autoFocus
            onPress={() => void viewModel.withPasskey()}
          >
            {session.usePasskey}
          </Button>
        </div>
      ) : (
        <CodeForm key={step.by} viewModel={viewModel} by={step.by} />
      )}
      <div className={css.wide}>
        {others.map((factor) => (
          <Button key={factor} kind="quiet" onPress={() => viewModel.chooseFactor(factor)}>
            {session.factorInstead[factor]}
          </Button>
        ))}
        <Button kind="quiet" icon="arrow-left" onPress={() => viewModel.back()}>
          {session.back}
        </Button>
      </div>
    </>
  )
}

function CodeForm({ viewModel, by }: { viewModel: LoginViewModel; by: Exclude<Factor, 'passkey'> }) {
  const { session } = useWords()
  const { isBusy, fault, blockedForMs } = useValue(viewModel.state)
  const [code, setCode] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void viewModel.withCode(code)
  }
  return (
    <form className={css.form} onSubmit={submit}>
      <div className={css.code}>
        <TextField
          label={session.factorLabels[by]}
          value={code}
          onChange={setCode}
          autoComplete={by === 'code' ? 'one-time-code' : 'off'}
          inputMode={by === 'code' ? 'numeric' : 'text'}
          spellCheck="false"
          autoFocus
          isRequired
        />
      </div>
      <FaultBanner fault={fault} blockedForMs={blockedForMs} />
      <Button
        kind="primary"
        size="large"
        type="submit"
        isDisabled={isBusy || blockedForMs !== undefined || code.trim() === ''}
      >
        {session.goOn}
      </Button>
    </form>
  )
}
