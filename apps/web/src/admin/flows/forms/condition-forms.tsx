import { useEffect, useState } from 'react'
import type { ReplyOf } from '../../../api/api.ts'
import { useApp } from '../../../app/use-app.ts'
import { Button, Checkbox, IconButton, Labelled, Select, TextField } from '../../../look/index.ts'
import { useFormat } from '../../../words/use-words.ts'
import { asLanguage } from '../../../words/use-text.ts'
import css from '../flows.module.css'
import type { NodeOf } from '../flow-draft.ts'
import { useFlowWords } from '../use-flow-words.ts'
import type { FormProps } from './form-props.ts'
import { LinesField, PersonSelect, WholeField } from './fields.tsx'

const weekdays = [1, 2, 3, 4, 5, 6, 7]
const mostPeriods = 30

/** Weekly hours: days, from, to. */
export function TimeForm({ node, put }: FormProps<'time'>) {
  const text = useFlowWords()
  const { language } = useFormat()
  // 1 January 2024 was a Monday.
  const dayName = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  const { open } = node
  const putPeriod = (at: number, change: Partial<(typeof open)[number]>) =>
    put({ ...node, open: open.map((period, index) => (index === at ? { ...period, ...change } : period)) })
  return (
    <Labelled label={text('hours')}>
      {open.map(({ days, from, to }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- periods have no names: their place is what they are
        <div key={index} className={css.period} role="group" aria-label={`${text('hours')} ${index + 1}`}>
          <div className={css.weekdays}>
            {weekdays.map((day) => (
              <Checkbox
                key={day}
                isOn={days.includes(day)}
                onChange={(isOn) =>
                  putPeriod(index, { days: weekdays.filter((each) => (each === day ? isOn : days.includes(each))) })
                }
              >
                {dayName.format(Date.UTC(2024, 0, day))}
              </Checkbox>
            ))}
          </div>
          <div className={css.two}>
            <TextField
              label={text('from')}
              type="time"
              value={from}
              onChange={(value) => /^\d\d:\d\d$/.test(value) && putPeriod(index, { from: value })}
            />
            <TextField
              label={text('to')}
              type="time"
              value={to === '24:00' ? '00:00' : to}
              onChange={(value) =>
                /^\d\d:\d\d$/.test(value) && putPeriod(index, { to: value === '00:00' ? '24:00' : value })
              }
            />
          </div>
          <IconButton
            icon="trash"
            size="small"
            label={text('remove')}
            onPress={() => put({ ...node, open: open.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      <Button
        size="small"
        icon="plus"
        isDisabled={open.length >= mostPeriods}
        onPress={() => put({ ...node, open: [...open, { days: [6, 7], from: '10:00', to: '14:00' }] })}
      >
        {text('addHours')}
      </Button>
    </Labelled>
  )
}

type Calendar = ReplyOf<'listHolidays'>
const holidayKinds = ['public', 'bank', 'school', 'optional', 'observance'] as const

type OwnDay = NodeOf<'holiday'>['ownDays'][number]
const dayPattern = /^((?:\d{4}-)?\d\d-\d\d)(?:\s*[–-]{1,2}\s*((?:\d{4}-)?\d\d-\d\d))?\s+(\S.*)$/

/** @example readOwnDay('12-24 Christmas Eve') // { day: '12-24', name: 'Christmas Eve' } */
function readOwnDay(line: string): OwnDay | undefined {
  const [, day, until, name] = dayPattern.exec(line) ?? []
  return day === undefined || name === undefined
    ? undefined
    : { day, ...(until === undefined ? {} : { until }), name: name.slice(0, 60) }
}

const writeOwnDay = ({ day, until, name }: OwnDay): string => `${day}${until === undefined ? '' : `–${until}`} ${name}`

/** Days off by a country's calendar, and own ones. */
export function HolidayForm({ node, put }: FormProps<'holiday'>) {
  const text = useFlowWords()
  const { api } = useApp()
  const format = useFormat()
  const language = asLanguage(format.language)
  const [calendar, setCalendar] = useState<Calendar>()
  const { country, region, kinds, ownDays } = node
  useEffect(() => {
    let isWanted = true
    const asked = { ...(country ? { country } : {}), ...(country && region ? { region } : {}) }
    api.call('listHolidays', { query: { ...asked, language } }).then(
      (found) => isWanted && setCalendar(found),
      () => {},
    )
    return () => {
      isWanted = false
    }
  }, [api, country, region, language])
  const days = calendar?.days
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ date, name }) => `${date.slice(5)} ${name}`)
  return (
    <>
      <Select
        label={text('country')}
        value={country ?? calendar?.country}
        choices={(calendar?.countries ?? []).map(({ code, name }) => ({ id: code, label: name }))}
        onChange={(chosen) => {
          const { region: _, ...rest } = node
          put({ ...rest, country: chosen })
        }}
      />
      {calendar && calendar.regions.length > 0 && (
        <Select
          label={text('region')}
          value={region ?? '-'}
          choices={[
            { id: '-', label: text('wholeCountry') },
            ...calendar.regions.map(({ code, name }) => ({ id: code, label: name })),
          ]}
          onChange={(chosen) => {
            const { region: _, ...rest } = node
            put(chosen === '-' ? rest : { ...rest, country: country ?? calendar.country, region: chosen })
          }}
        />
      )}
      <div className={css.weekdays}>
        {holidayKinds.map((kind) => (
          <Checkbox
            key={kind}
            isOn={kinds.includes(kind)}
            onChange={(isOn) =>
              put({ ...node, kinds: holidayKinds.filter((each) => (each === kind ? isOn : kinds.includes(each))) })
            }
          >
            {text(`days.${kind}`)}
          </Checkbox>
        ))}
      </div>
      {days && days.length > 0 && <span className={css.quiet}>{text('upcomingDays', { days: days.join(', ') })}</span>}
      <LinesField
        label={text('ownDays')}
        hint={text('ownDaysHint')}
        value={ownDays}
        write={writeOwnDay}
        read={readOwnDay}
        mistakeOf={(line) => text('ownDaysWrong', { line })}
        onChange={(values) => put({ ...node, ownDays: [...values] })}
      />
    </>
  )
}

export function PresenceForm({ node, put, supplies }: FormProps<'presence'>) {
  const text = useFlowWords()
  return (
    <PersonSelect
      label={text('person')}
      users={supplies.users}
      value={node.userId}
      onChange={(userId) => put({ ...node, userId })}
    />
  )
}

const simpleMatches = ['withheld', 'internal', 'contact'] as const

export function CallerForm({ node, put }: FormProps<'caller'>) {
  const text = useFlowWords()
  const { matches } = node
  const prefixes = matches.flatMap((match) => (match.kind === 'prefix' ? [match.prefix] : []))
  const without = (kind: string) => matches.filter((match) => match.kind !== kind)
  return (
    <>
      <Labelled label={text('callersAre')}>
        {simpleMatches.map((kind) => (
          <Checkbox
            key={kind}
            isOn={matches.some((match) => match.kind === kind)}
            onChange={(isOn) => put({ ...node, matches: isOn ? [...without(kind), { kind }] : without(kind) })}
          >
            {text(`match.${kind}`)}
          </Checkbox>
        ))}
      </Labelled>
      <LinesField
        label={text('prefixes')}
        hint={text('prefixesHint')}
        value={prefixes}
        write={(prefix) => prefix}
        read={(line) => (/^\+?[\d\s().-]{1,32}$/.test(line) ? line.replace(/[\s().-]/g, '') : undefined)}
        mistakeOf={() => text('prefixesHint')}
        onChange={(values) =>
          put({
            ...node,
            matches: [...without('prefix'), ...values.map((prefix) => ({ kind: 'prefix' as const, prefix }))],
          })
        }
      />
    </>
  )
}

export function SpendForm({ node, put }: FormProps<'spend'>) {
  const text = useFlowWords()
  return (
    <WholeField
      label={text('overAmount')}
      value={Math.round(node.overMicros / 1_000_000)}
      least={0}
      most={1_000_000_000}
      onChange={(amount) => put({ ...node, overMicros: amount * 1_000_000 })}
    />
  )
}

const tests = ['is', 'isNot', 'beginsWith', 'contains', 'isOver', 'isUnder', 'isSet'] as const

export function VariableForm({ node, put }: FormProps<'variable'>) {
  const text = useFlowWords()
  return (
    <>
      <TextField
        label={text('variable')}
        hint={text('variableHint')}
        value={node.variable}
        onChange={(variable) => put({ ...node, variable: variable.replace(/\W/g, '') || 'value' })}
      />
      <Select
        label={text('test')}
        value={node.test}
        choices={tests.map((id) => ({ id, label: text(`test.${id}`) }))}
        onChange={(test) => put({ ...node, test })}
      />
      {node.test !== 'isSet' && (
        <TextField
          label={text('withWhat')}
          value={node.value}
          maxLength={200}
          onChange={(value) => put({ ...node, value })}
        />
      )}
    </>
  )
}

const takeLine = /^([a-zA-Z]\w{0,31})\s+(\/\S*)$/

export function LookupForm({ node, put, supplies }: FormProps<'lookup'>) {
  const text = useFlowWords()
  return (
    <>
      <TextField
        label={text('address')}
        hint={text('addressHint')}
        value={node.url}
        onChange={(url) => url !== '' && put({ ...node, url })}
      />
      <div className={css.two}>
        <Select
          label={text('method')}
          value={node.method}
          choices={[
            { id: 'GET', label: 'GET' },
            { id: 'POST', label: 'POST' },
          ]}
          onChange={(method) => put({ ...node, method })}
        />
        <WholeField
          label={text('timeLimit')}
          value={node.timeLimitMs}
          least={100}
          most={10_000}
          onChange={(timeLimitMs) => put({ ...node, timeLimitMs })}
        />
      </div>
      <CredentialSelect node={node} put={put} names={supplies.credentials} />
      <LinesField
        label={text('take')}
        hint={text('takeHint')}
        value={node.take}
        write={({ variable, pointer }) => `${variable} ${pointer}`}
        read={(line) => {
          const [, variable, pointer] = takeLine.exec(line) ?? []
          return variable === undefined || pointer === undefined ? undefined : { variable, pointer }
        }}
        mistakeOf={(line) => text('takeWrong', { line })}
        onChange={(values) => put({ ...node, take: [...values] })}
      />
    </>
  )
}

/** Which kept credential goes along. */
export function CredentialSelect<N extends NodeOf<'lookup' | 'webhook'>>({
  node,
  put,
  names,
}: {
  readonly node: N
  readonly put: (node: N) => void
  readonly names: readonly string[]
}) {
  const text = useFlowWords()
  if (names.length === 0) return null
  return (
    <Select
      label={text('credential')}
      value={node.credential ?? '-'}
      choices={[{ id: '-', label: text('noCredential') }, ...names.map((id) => ({ id, label: id }))]}
      onChange={(credential) => {
        const { credential: _, ...rest } = node
        put((credential === '-' ? rest : { ...rest, credential }) as N)
      }}
    />
  )
}
