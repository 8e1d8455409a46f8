import { useCallback, useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp, useMe } from '../../app/use-app.ts'
import { useKeptLoaded } from '../../app/use-kept-loaded.ts'
import { useSubmit } from '../../app/use-submit.ts'
import { Banner, Button, Card, Quiet, Select, Switch, TextField } from '../../look/index.ts'
import { useWords } from '../../words/use-words.ts'
import css from './handling.module.css'
import { CallersField } from './callers-field.tsx'
import { ColleagueField } from './colleague-field.tsx'
import { type CallerKind, callersOf, numbersText } from './rule-draft.ts'

type Mine = ReplyOf<'readMyFilter'>
type Filter = NonNullable<Mine['filter']>

interface Draft {
  readonly assistants: readonly string[]
  readonly mode: Filter['mode']
  readonly seconds: string
  readonly kinds: readonly CallerKind[]
  readonly numbers: string
}

const modes = ['first', 'only', 'together'] as const
const kinds = ['callFilter.changed']

const draftOf = (filter: Filter | undefined): Draft => ({
  assistants: filter?.assistants ?? [],
  mode: filter?.mode ?? 'first',
  seconds: String(filter?.seconds ?? 20),
  kinds: filter?.allowed.kinds ?? [],
  numbers: numbersText(filter?.allowed),
})

/** My calls go to assistants first, or I am the assistant of others. */
export function AssistantsCard() {
  const { handling, settings, shell } = useWords()
  const { assistants: words } = handling
  const { api, showFault, toasts } = useApp()
  const { user } = useMe()
  const submit = useSubmit()
  const [mine, setMine] = useState<Mine>()
  const [draft, setDraft] = useState<Draft>()
  const load = useCallback(() => {
    api.call('readMyFilter').then((found) => {
      setMine(found)
      setDraft((typing) => typing ?? draftOf(found.filter))
    }, showFault)
  }, [api, showFault])
  useKeptLoaded(load, kinds)
  if (!mine || !draft) return null
  const isOn = mine.filter?.isOn ?? false
  const set = (more: Partial<Draft>) => setDraft({ ...draft, ...more })
  const put = (on: boolean) =>
    submit.run(async () => {
      const body: Filter = {
        isOn: on,
        assistants: [...draft.assistants],
        mode: draft.mode,
        seconds: Number(draft.seconds),
        allowed: callersOf(draft.numbers, draft.kinds),
      }
      const filter = await api.call('putMyFilter', { body })
      setMine({ ...mine, filter })
      toasts.show({ tone: 'good', text: settings.saved })
    })
  const switchOther = (userId: string, on: boolean) => {
    api.call('switchFilter', { params: { userId }, body: { isOn: on } }).then(load, showFault)
  }
  return (
    <Card title={words.title}>
      {mine.assists.map((one) => (
        <Switch key={one.userId} isOn={one.isOn} onChange={(on) => switchOther(one.userId, on)}>
          {words.ofOther(one.name)}
        </Switch>
      ))}
      <Quiet>{words.hint}</Quiet>
      <ColleagueField
        label={words.choose}
        chosen={draft.assistants}
        except={user.id}
        names={mine.names}
        onChange={(assistants) => set({ assistants })}
        mistake={submit.mistakeAt('/assistants')}
      />
      {draft.assistants.length > 0 && (
        <>
          <Switch isOn={isOn} onChange={put} isDisabled={submit.isBusy}>
            {words.isOn}
          </Switch>
          <div className={css.pair}>
            <Select
              label={words.mode}
              value={draft.mode}
              onChange={(mode) => set({ mode })}
              choices={modes.map((id) => ({ id, label: words.modes[id] }))}
            />
            <TextField
              label={words.seconds}
              value={draft.seconds}
              onChange={(text) => set({ seconds: text.replace(/\D/g, '') })}
              inputMode="numeric"
              mistake={submit.mistakeAt('/seconds')}
            />
          </div>
          <Quiet>{words.allowed}</Quiet>
          <CallersField
            kinds={draft.kinds}
            numbers={draft.numbers}
            onChange={set}
            mistake={submit.mistakeAt('/allowed')}
          />
        </>
      )}
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
      {(draft.assistants.length > 0 || mine.filter) && (
        <div className={css.line}>
          <Button isDisabled={submit.isBusy} onPress={() => put(isOn && draft.assistants.length > 0)}>
            {shell.save}
          </Button>
        </div>
      )}
    </Card>
  )
}
