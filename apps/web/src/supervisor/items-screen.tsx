import { useEffect, useState } from 'react'
import type { ReplyOf, RequestOf } from '../api/api.ts'
import { faultText } from '../app/app.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Banner, Button, Empty, Line, SearchField, Select, Table, type TableColumn, TextField } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { Frame } from './frame.tsx'
import { ScoreDialog } from './score-dialog.tsx'
import css from './supervisor.module.css'
import { useAsked } from './use-asked.ts'
import { dateAt, momentsOf, ownTimeZone } from './zoned-days.ts'

type Page = ReplyOf<'listCentreItems'>
type Item = Page['items'][number]
type Query = RequestOf<'listCentreItems'>['query']

const outcomes = ['answered', 'abandoned', 'overflowed', 'messageLeft', 'moved', 'closed', 'open'] as const

/** Conversations behind the figures, each with the way to its call's story and recording. */
export function Screen() {
  const words = useWords()
  const { agent, supervisor } = words
  const format = useFormat()
  const { api, clock, router, showFault } = useApp()
  const { query } = useValue(router.location)
  const centre = useAsked(() => api.call('readCentreNow'), '')
  // Days are the company's, as in the reports that lead here.
  const timeZone = centre.answer?.timeZone ?? ownTimeZone()
  const today = dateAt(timeZone, clock.nowMs())
  const day = (text: string | null) => (text === null ? today : dateAt(timeZone, Date.parse(text)))
  const from = query.get('from') ?? momentsOf(timeZone, today, today).from
  const to = query.get('to') ?? momentsOf(timeZone, today, today).to
  const [text, setText] = useState('')
  const [more, setMore] = useState<Page>({ items: [] })
  const [scoring, setScoring] = useState<Item>()
  const asked: Query = {
    from,
    to,
    ...Object.fromEntries(
      ['queueId', 'agentId', 'channel', 'codeId', 'outcome'].flatMap((name) => {
        const value = query.get(name)
        return value === null ? [] : [[name, value]]
      }),
    ),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
  }
  const key = JSON.stringify(asked)
  const { answer, fault } = useAsked(() => api.call('listCentreItems', { query: asked }), key)
  useEffect(() => setMore({ items: [] }), [key])
  const change = (changed: Readonly<Record<string, string>>) => {
    const next = new URLSearchParams(query)
    for (const [name, value] of Object.entries(changed)) {
      if (value === '') next.delete(name)
      else next.set(name, value)
    }
    router.replace(`/supervisor/items?${next}`)
  }
  const nextPage = more.items.length > 0 ? more.next : answer?.next
  const loadMore = () =>
    nextPage !== undefined &&
    void api
      .call('listCentreItems', { query: { ...asked, before: nextPage } })
      .then(
        (page) =>
          setMore({ items: [...more.items, ...page.items], ...(page.next === undefined ? {} : { next: page.next }) }),
        showFault,
      )
  const columns: TableColumn<Item>[] = [
    { id: 'at', title: supervisor.arrivedAt, cell: ({ at }) => format.moment(Date.parse(at), clock.nowMs()) },
    {
      id: 'customer',
      title: supervisor.customer,
      cell: ({ customer, subject }) => (
        <>
          {customer ?? supervisor.unknownCustomer}
          {subject !== undefined && <div>{subject}</div>}
        </>
      ),
    },
    {
      id: 'queue',
      title: supervisor.queue,
      cell: ({ queueName, channel }) => `${queueName} · ${supervisor.channels[channel]}`,
    },
    { id: 'agent', title: supervisor.agent, cell: ({ agentName }) => agentName ?? '–' },
    { id: 'outcome', title: supervisor.outcome, cell: ({ outcome }) => supervisor.outcomes[outcome ?? 'open'] },
    {
      id: 'waited',
      title: supervisor.waited,
      cell: ({ waitedMs }) => (waitedMs === undefined ? '–' : format.duration(waitedMs)),
    },
    {
      id: 'handled',
      title: supervisor.handled,
      cell: ({ handledMs }) => (handledMs === undefined ? '–' : format.duration(handledMs)),
    },
    { id: 'code', title: supervisor.dimensions.code, cell: ({ codeName }) => codeName ?? '' },
    {
      id: 'actions',
      title: '',
      cell: (item) => (
        <Line>
          {item.fromCallId !== undefined && (
            <Button size="small" onPress={() => router.go(`/calls/${item.fromCallId}`)}>
              {agent.callBack.askedIn}
            </Button>
          )}
          {item.callId !== undefined && (
            <Button size="small" onPress={() => router.go(`/calls/${item.callId}`)}>
              {supervisor.toCall}
            </Button>
          )}
          {item.agentName !== undefined && (
            <Button size="small" icon="star" onPress={() => setScoring(item)}>
              {supervisor.score}
            </Button>
          )}
        </Line>
      ),
    },
  ]
  const lastDay = dateAt(timeZone, Date.parse(to) - 1)
  return (
    <Frame part="items">
      <div className={css.filters}>
        <TextField
          label={supervisor.from}
          type="date"
          value={day(query.get('from'))}
          onChange={(date) => date && change(momentsOf(timeZone, date, date > lastDay ? date : lastDay))}
        />
        <TextField
          label={supervisor.to}
          type="date"
          value={lastDay}
          onChange={(date) => date && change(momentsOf(timeZone, date < day(from) ? date : day(from), date))}
        />
        <Select
          label={supervisor.queue}
          choices={[
            { id: '', label: supervisor.anyQueue },
            ...(centre.answer?.queues ?? []).map(({ id, name }) => ({ id, label: name })),
          ]}
          value={query.get('queueId') ?? ''}
          onChange={(queueId) => change({ queueId })}
        />
        <Select
          label={supervisor.agent}
          choices={[
            { id: '', label: supervisor.anyAgent },
            ...(centre.answer?.agents ?? []).map(({ id, name }) => ({ id, label: name })),
          ]}
          value={query.get('agentId') ?? ''}
          onChange={(agentId) => change({ agentId })}
        />
        <Select
          label={supervisor.outcome}
          choices={[
            { id: '', label: supervisor.anyOutcome },
            ...outcomes.map((id) => ({ id, label: supervisor.outcomes[id] })),
          ]}
          value={query.get('outcome') ?? ''}
          onChange={(outcome) => change({ outcome })}
        />
        <SearchField label={supervisor.search} clearLabel={words.shell.clear} value={text} onChange={setText} />
      </div>
      {fault !== undefined && <Banner tone="bad">{faultText(words, fault)}</Banner>}
      {answer && (
        <Table
          label={supervisor.parts.items}
          columns={columns}
          rows={[...answer.items, ...more.items]}
          empty={<Empty icon="history" title={supervisor.noItems} />}
        />
      )}
      {nextPage !== undefined && <Button onPress={loadMore}>{supervisor.more}</Button>}
      {scoring && <ScoreDialog item={scoring} onClose={() => setScoring(undefined)} />}
    </Frame>
  )
}
