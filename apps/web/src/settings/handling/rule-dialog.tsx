import { useState } from 'react'
import { useApp } from '../../app/use-app.ts'
import type { Submit } from '../../app/use-submit.ts'
import { Banner, Button, Checkbox, Dialog, Select, Switch, TextField } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import type { Lasts } from '../forwarding-draft.ts'
import { CallersField } from './callers-field.tsx'
import css from './handling.module.css'
import { draftOfRule, emptyRule, moments, presenceStates, type Rule, type RuleDraft, ruleOf } from './rule-draft.ts'
import { ownTimeZone, TimesField } from './times-field.tsx'

const lasting = ['forever', 'hour', 'today', 'week'] as const
const actions = ['forward', 'ring', 'refuse'] as const

/** One rule: for whom, when, and what happens then. */
export function RuleDialog({
  rule,
  submit,
  onSave,
  onRemove,
  onClose,
}: {
  readonly rule: Rule | undefined
  readonly submit: Submit
  readonly onSave: (rule: Rule) => void
  readonly onRemove: (() => void) | undefined
  readonly onClose: () => void
}) {
  const { handling, settings, shell, presence } = useWords()
  const format = useFormat()
  const { clock } = useApp()
  const [draft, setDraft] = useState<RuleDraft>(() =>
    rule ? draftOfRule(rule, ownTimeZone()) : emptyRule(ownTimeZone()),
  )
  const set = (more: Partial<RuleDraft>) => setDraft({ ...draft, ...more })
  const done = ruleOf(draft, clock.nowMs())
  const { rule: words } = handling
  const kept =
    draft.until === undefined
      ? []
      : [{ id: 'kept' as const, label: settings.until(format.dateTime(Date.parse(draft.until))) }]
  return (
    <Dialog
      title={rule ? rule.name : words.make}
      isOpen
      onClose={onClose}
      foot={
        <>
          {onRemove && (
            <Button icon="trash" onPress={onRemove}>
              {shell.remove}
            </Button>
          )}
          <Button onPress={onClose}>{shell.cancel}</Button>
          <Button kind="primary" isDisabled={!done || submit.isBusy} onPress={() => done && onSave(done)}>
            {shell.save}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <TextField
          label={words.name}
          hint={words.nameHint}
          value={draft.name}
          onChange={(name) => set({ name })}
          autoFocus
        />
        <Switch isOn={draft.isForSome} onChange={(isForSome) => set({ isForSome })}>
          {words.forSome}
        </Switch>
        {draft.isForSome && <CallersField kinds={draft.kinds} numbers={draft.numbers} onChange={set} />}
        <Switch isOn={draft.isByPresence} onChange={(isByPresence) => set({ isByPresence })}>
          {words.byPresence}
        </Switch>
        {draft.isByPresence && (
          <fieldset className={css.choices}>
            <legend>{words.whileYouAre}</legend>
            <div className={css.days}>
              {presenceStates.map((state) => (
                <Checkbox
                  key={state}
                  isOn={draft.presence.includes(state)}
                  onChange={(isOn) =>
                    set({
                      presence: presenceStates.filter((one) => (one === state ? isOn : draft.presence.includes(one))),
                    })
                  }
                >
                  {presence.states[state]}
                </Checkbox>
              ))}
            </div>
          </fieldset>
        )}
        <TimesField periods={draft.periods} timeZone={draft.timeZone} onChange={(periods) => set({ periods })} />
        <Select
          label={words.action}
          value={draft.action}
          onChange={(action) => set({ action })}
          choices={actions.map((id) => ({ id, label: words.actions[id] }))}
        />
        {draft.action === 'forward' && (
          <div className={css.pair}>
            <TextField
              label={settings.to}
              hint={settings.toHint}
              value={draft.to}
              onChange={(to) => set({ to })}
              inputMode="tel"
            />
            <Select
              label={words.moment}
              value={draft.moment}
              onChange={(moment) => set({ moment })}
              choices={moments.map((id) => ({ id, label: words.moments[id] }))}
            />
            {draft.moment === 'noAnswer' && (
              <TextField
                label={settings.afterSeconds}
                value={draft.afterSeconds}
                onChange={(text) => set({ afterSeconds: text.replace(/\D/g, '') })}
                inputMode="numeric"
              />
            )}
          </div>
        )}
        <Select<Lasts>
          label={settings.howLong}
          value={draft.lasts}
          onChange={(lasts) => set({ lasts })}
          choices={[...kept, ...lasting.map((id) => ({ id, label: settings.lasts[id] }))]}
        />
        <Switch isOn={!draft.isOff} onChange={(isOn) => set({ isOff: !isOn })}>
          {words.holds}
        </Switch>
        {submit.fault && (
          <Banner tone="bad" isLive>
            {submit.fault}
          </Banner>
        )}
      </div>
    </Dialog>
  )
}
