import { useEffect, useState } from 'react'
import type { ReplyOf } from '../api/api.ts'
import { faultText } from '../app/app.ts'
import { useApp } from '../app/use-app.ts'
import { useSubmit } from '../app/use-submit.ts'
import { Banner, Button, Card, Checkbox, Page, Quiet, Select, Stack, TextField } from '../look/index.ts'
import { useText } from '../words/use-text.ts'
import { useWords } from '../words/use-words.ts'
import { EvidenceCards } from './evidence-cards.tsx'
import { ExceptionsField } from './exceptions-field.tsx'
import { policySentences } from './policy-sentences.ts'
import css from './recordings.module.css'

type View = ReplyOf<'readRecordingPolicy'>
type Policy = View['policy']

const modes = ['off', 'onDemand', 'always', 'pausable'] as const
const tellsChoices = ['byCountry', 'everybody', 'outside', 'nobody'] as const
const tellsByChoices = ['byCountry', 'sentence', 'beep', 'both'] as const

/** Within a sentence. */
const lowered = (words: string): string => words.slice(0, 1).toLowerCase() + words.slice(1)

/** What the company wants of recording, and the evidence that it is so. */
export function Section() {
  const words = useWords()
  const { api, showFault } = useApp()
  const [view, setView] = useState<View>()
  useEffect(() => {
    api.call('readRecordingPolicy').then(setView, showFault)
  }, [api, showFault])
  return (
    <Page title={words.recordings.adminTitle}>
      {view && (
        <Stack>
          <PolicyForm key={JSON.stringify(view.policy)} view={view} onSaved={setView} />
          <EvidenceCards view={view} onRenewed={() => void api.call('readRecordingPolicy').then(setView, showFault)} />
        </Stack>
      )}
    </Page>
  )
}

function PolicyForm({ view, onSaved }: { readonly view: View; readonly onSaved: (view: View) => void }) {
  const text = useText(policySentences)
  const words = useWords()
  const { api, toasts } = useApp()
  const submit = useSubmit()
  const [policy, setPolicy] = useState<Policy>(view.policy)
  const [days, setDays] = useState(String(view.policy.keepDays ?? ''))
  const [demandDays, setDemandDays] = useState(String(view.policy.keepDaysOnDemand ?? ''))
  const [mailTo, setMailTo] = useState(view.policy.mailTo.join('\n'))
  const set = (change: Partial<Policy>) => setPolicy({ ...policy, ...change })
  const choices = <Id extends keyof typeof policySentences>(ids: readonly Id[]) =>
    ids.map((id) => ({ id, label: text(id) }))
  const save = () =>
    submit.run(async () => {
      const { keepDays: _, keepDaysOnDemand: __, ...rest } = policy
      const body: Policy = {
        ...rest,
        ...(days.trim() === '' ? {} : { keepDays: Number(days) }),
        ...(demandDays.trim() === '' ? {} : { keepDaysOnDemand: Number(demandDays) }),
        mailTo: policy.mail === 'none' ? [] : mailTo.split(/[\s,;]+/).filter((address) => address !== ''),
      }
      try {
        onSaved(await api.call('putRecordingPolicy', { body }))
        toasts.show({ tone: 'good', text: text('saved') })
      } catch (fault) {
        // What does not hold is said in sentences by the server.
        throw fault instanceof Error ? fault : new Error(faultText(words, fault))
      }
    })
  return (
    <>
      {view.isDiskFull && <Banner tone="bad">{text('diskFull')}</Banner>}
      <Card title={text('rules')}>
        <div className={css.form}>
          <Select
            label={text('mode')}
            value={policy.mode}
            onChange={(mode) => set({ mode })}
            choices={choices(modes)}
          />
          <Select
            label={text('ifImpossible')}
            value={policy.ifImpossible}
            onChange={(ifImpossible) => set({ ifImpossible })}
            choices={choices(['goOn', 'refuse'])}
          />
        </div>
        <ExceptionsField
          exceptions={policy.exceptions}
          modes={choices(modes)}
          onChange={(exceptions) => set({ exceptions })}
        />
      </Card>
      <Card title={text('telling')}>
        <div className={css.form}>
          <Select
            label={text('tells')}
            value={policy.tells}
            onChange={(tells) => set({ tells })}
            choices={choices(tellsChoices)}
          />
          <Select
            label={text('tellsBy')}
            value={policy.tellsBy}
            onChange={(tellsBy) => set({ tellsBy })}
            choices={choices(tellsByChoices)}
          />
        </div>
        <Quiet>{text('toldNow', { who: lowered(text(view.told.tells)), how: lowered(text(view.told.tellsBy)) })}</Quiet>
      </Card>
      <Card title={text('keeping')}>
        <div className={css.form}>
          <TextField
            label={text('keepDays')}
            hint={text('keepHint')}
            value={days}
            onChange={setDays}
            inputMode="numeric"
            mistake={submit.mistakeAt('/keepDays')}
          />
          <TextField
            label={text('keepDemand')}
            hint={text('keepDemandHint')}
            value={demandDays}
            onChange={setDemandDays}
            inputMode="numeric"
            mistake={submit.mistakeAt('/keepDaysOnDemand')}
          />
          <Select
            label={text('mail')}
            value={policy.mail}
            onChange={(mail) => set({ mail })}
            choices={choices(['none', 'link', 'attachment'])}
          />
          {policy.mail !== 'none' && (
            <TextField
              label={text('mailTo')}
              hint={text('mailHint')}
              value={mailTo}
              onChange={setMailTo}
              isLong
              mistake={submit.mistakeAt('/mailTo')}
            />
          )}
        </div>
        <Checkbox isOn={policy.ownMayListen} onChange={(ownMayListen) => set({ ownMayListen })}>
          {text('ownMayListen')}
        </Checkbox>
      </Card>
      {submit.fault !== undefined && <Banner tone="bad">{submit.fault}</Banner>}
      <div>
        <Button kind="primary" isDisabled={submit.isBusy} onPress={save}>
          {text('save')}
        </Button>
      </div>
    </>
  )
}
