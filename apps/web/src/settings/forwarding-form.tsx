import { type ReactNode, useCallback, useState } from 'react'
import { useSubmit } from '../app/use-submit.ts'
import { useApp } from '../app/use-app.ts'
import { useKeptLoaded } from '../app/use-kept-loaded.ts'
import { Banner, Button, Card, Quiet, Select, Switch, TextField } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import {
  draftOf,
  type ForwardingDraft,
  type Lasts,
  type RuleDraft,
  type RuleName,
  ruleNames,
  type Rules,
  rulesOf,
} from './forwarding-draft.ts'
import { ownTimeZone, TimesField } from './handling/times-field.tsx'
import css from './settings.module.css'

const kinds = ['callHandling.changed']

/** Where the calls of a user go. @param userId absent: my own */
export function ForwardingForm({ userId }: { readonly userId?: string }) {
  const { settings, shell } = useWords()
  const { api, clock, toasts, showFault } = useApp()
  const submit = useSubmit()
  const [saved, setSaved] = useState<{ rules: Rules; names: Readonly<Record<string, string>> }>()
  const [draft, setDraft] = useState<ForwardingDraft>()
  const load = useCallback(() => {
    const read =
      userId === undefined ? api.call('readMyForwarding') : api.call('readForwarding', { params: { userId } })
    read.then((found) => {
      setSaved(found)
      setDraft((typing) => typing ?? draftOf(found.rules, clock.nowMs()))
    }, showFault)
  }, [api, clock, showFault, userId])
  useKeptLoaded(load, kinds)
  if (!draft || !saved) return null
  const change = (more: Partial<ForwardingDraft>) => setDraft({ ...draft, ...more })
  const changeRule = (name: RuleName, more: Partial<RuleDraft>) =>
    change({ rules: { ...draft.rules, [name]: { ...draft.rules[name], ...more } } })
  const save = () =>
    submit.run(async () => {
      const body = rulesOf(draft, clock.nowMs(), saved.rules.rules)
      const put = await (userId === undefined
        ? api.call('putMyForwarding', { body })
        : api.call('putForwarding', { params: { userId }, body }))
      setSaved(put)
      setDraft(draftOf(put.rules, clock.nowMs()))
      toasts.show({ tone: 'good', text: settings.saved })
    })
  const { doNotDisturb } = draft
  return (
    <>
      <Card title={settings.now}>
        <Summary rules={saved.rules} names={saved.names} />
      </Card>
      <Card title={settings.forwarding}>
        {ruleNames.map((name) => (
          <Rule
            key={name}
            title={settings.rules[name]}
            rule={draft.rules[name]}
            onChange={(more) => changeRule(name, more)}
            mistake={submit.mistakeAt(`/${name}/to`)}
          >
            {name === 'noAnswer' && (
              <TextField
                label={settings.afterSeconds}
                value={draft.afterSeconds}
                onChange={(afterSeconds) => change({ afterSeconds: afterSeconds.replace(/\D/g, '') })}
                inputMode="numeric"
                mistake={submit.mistakeAt('/noAnswer/afterSeconds')}
              />
            )}
          </Rule>
        ))}
        <div className={css.rule}>
          <Switch isOn={draft.callWaiting} onChange={(callWaiting) => change({ callWaiting })}>
            {settings.callWaiting}
          </Switch>
        </div>
      </Card>
      <Card title={settings.doNotDisturb}>
        <div className={css.rule}>
          <Switch isOn={doNotDisturb.isOn} onChange={(isOn) => change({ doNotDisturb: { ...doNotDisturb, isOn } })}>
            {settings.doNotDisturbOn}
          </Switch>
          {doNotDisturb.isOn && (
            <>
              <div className={css.ruleFields}>
                <HowLong
                  rule={doNotDisturb}
                  onChange={(more) => change({ doNotDisturb: { ...doNotDisturb, ...more } })}
                />
                <TextField
                  label={settings.exceptions}
                  hint={settings.exceptionsHint}
                  value={doNotDisturb.exceptions}
                  onChange={(exceptions) => change({ doNotDisturb: { ...doNotDisturb, exceptions } })}
                  mistake={submit.mistakeAt('/doNotDisturb/exceptions')}
                />
              </div>
              <Switch
                isOn={doNotDisturb.usesBusyRule}
                onChange={(usesBusyRule) => change({ doNotDisturb: { ...doNotDisturb, usesBusyRule } })}
              >
                {settings.usesBusyRule}
              </Switch>
            </>
          )}
        </div>
        <Quiet>{settings.emergencyHint}</Quiet>
      </Card>
      {submit.fault && (
        <Banner tone="bad" isLive>
          {submit.fault}
        </Banner>
      )}
      <div className={css.foot}>
        <Button kind="primary" isDisabled={submit.isBusy} onPress={save}>
          {shell.save}
        </Button>
      </div>
    </>
  )
}

function Rule({
  title,
  rule,
  onChange,
  mistake,
  children,
}: {
  readonly title: string
  readonly rule: RuleDraft
  readonly onChange: (more: Partial<RuleDraft>) => void
  readonly mistake: string | undefined
  readonly children?: ReactNode
}) {
  const { settings } = useWords()
  return (
    <div className={css.rule} role="group" aria-label={title}>
      <Switch isOn={rule.isOn} onChange={(isOn) => onChange({ isOn })}>
        {title}
      </Switch>
      {rule.isOn && (
        <div className={css.ruleFields}>
          <TextField
            label={settings.to}
            hint={settings.toHint}
            value={rule.to}
            onChange={(to) => onChange({ to })}
            inputMode="tel"
            isRequired
            mistake={mistake}
          />
          {children}
          <HowLong rule={rule} onChange={onChange} />
          <div className={css.whole}>
            <TimesField
              periods={rule.times?.periods}
              timeZone={rule.times?.timeZone ?? ownTimeZone()}
              onChange={(periods) => onChange({ times: periods && { timeZone: ownTimeZone(), periods: [...periods] } })}
            />
          </div>
        </div>
      )}
    </div>
  )
}

const lasting = ['forever', 'hour', 'today', 'week'] as const

function HowLong({
  rule,
  onChange,
}: {
  readonly rule: RuleDraft
  readonly onChange: (more: { lasts: Lasts }) => void
}) {
  const { settings } = useWords()
  const format = useFormat()
  const kept =
    rule.until === undefined
      ? []
      : [{ id: 'kept' as const, label: settings.until(format.dateTime(Date.parse(rule.until))) }]
  return (
    <Select<Lasts>
      label={settings.howLong}
      value={rule.lasts}
      onChange={(lasts) => onChange({ lasts })}
      choices={[...kept, ...lasting.map((id) => ({ id, label: settings.lasts[id] }))]}
    />
  )
}

/** What holds now, in sentences. */
function Summary({ rules, names }: { readonly rules: Rules; readonly names: Readonly<Record<string, string>> }) {
  const { settings } = useWords()
  const format = useFormat()
  const { clock } = useApp()
  const nowMs = clock.nowMs()
  const isOn = (rule: { until?: string } | undefined) =>
    rule !== undefined && !(rule.until !== undefined && Date.parse(rule.until) <= nowMs)
  const whom = (to: string) => (names[to] === undefined || names[to] === to ? to : `${to} (${names[to]})`)
  const until = (rule: { until?: string }) =>
    rule.until === undefined ? '' : ` ${settings.untilEnd(format.moment(Date.parse(rule.until), nowMs))}`
  const { always, busy, noAnswer, unreachable, doNotDisturb, callWaiting } = rules
  const sentences: string[] = []
  if (doNotDisturb && isOn(doNotDisturb)) sentences.push(settings.sentences.doNotDisturb + until(doNotDisturb))
  if (always && isOn(always)) sentences.push(settings.sentences.always(whom(always.to)) + until(always))
  else {
    sentences.push(settings.sentences.rings)
    if (busy && isOn(busy)) sentences.push(settings.sentences.busy(whom(busy.to)) + until(busy))
    if (noAnswer && isOn(noAnswer))
      sentences.push(settings.sentences.noAnswer(whom(noAnswer.to), noAnswer.afterSeconds) + until(noAnswer))
    if (unreachable && isOn(unreachable))
      sentences.push(settings.sentences.unreachable(whom(unreachable.to)) + until(unreachable))
    sentences.push(callWaiting ? settings.sentences.callWaiting : settings.sentences.noCallWaiting)
  }
  return (
    <ul className={css.summary}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}
