import { useEffect, useMemo } from 'react'
import { RemoteList } from '../api/remote-list.ts'
import type { ReplyOf } from '../api/api.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Badge, Banner, Button, Empty, Page, Table, type TableColumn, type Tone } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './history.module.css'
import { LongSince } from './long-since.tsx'

type LiveCall = ReplyOf<'readLiveCall'>

type State = LiveCall['connections'][number]['state']

const toneOf = (state: State): { tone?: Tone } =>
  state === 'connected' ? { tone: 'good' } : state === 'hold' || state === 'alerting' ? { tone: 'warn' } : {}

/** Who talks to whom at the moment: loaded once, then by the events of calls. */
export function Screen() {
  const { admin, history } = useWords()
  const format = useFormat()
  const { api, clock, events, router } = useApp()
  const list = useMemo(() => new RemoteList<LiveCall>({ page: () => api.call('listLiveCalls'), clock }), [api, clock])
  useEffect(() => list.follow(events, ({ kind }) => kind.startsWith('call.')), [list, events])
  const { items, fault, loadedAtMs } = useValue(list.state)
  const who = ({ name, number }: LiveCall['caller']) => (name === undefined ? number : `${name} (${number})`)
  const columns: TableColumn<LiveCall>[] = [
    { id: 'from', title: admin.live.from, cell: ({ caller }) => who(caller) },
    { id: 'to', title: admin.live.to, cell: ({ called }) => who(called) },
    {
      id: 'state',
      title: admin.live.state,
      cell: ({ connections }) =>
        connections.map(({ legId, party, state }) => (
          <div key={legId} className={css.connection}>
            {party.name ?? party.number} <Badge {...toneOf(state)}>{admin.live.states[state]}</Badge>
          </div>
        )),
    },
    {
      id: 'length',
      title: admin.live.length,
      cell: ({ answeredAt }) => (answeredAt ? <LongSince sinceMs={Date.parse(answeredAt)} /> : '–'),
    },
    {
      id: 'story',
      title: history.story,
      cell: ({ id }) => (
        <Button size="small" onPress={() => router.go(`/calls/${id}`)}>
          {history.story}
        </Button>
      ),
    },
  ]
  return (
    <Page title={history.liveTitle}>
      {fault !== undefined && loadedAtMs !== undefined && (
        <Banner tone="warn">{history.lastTruth(format.time(loadedAtMs))}</Banner>
      )}
      {items && (
        <Table
          label={history.liveTitle}
          columns={columns}
          rows={items}
          empty={<Empty icon="call" title={admin.live.none} />}
        />
      )}
    </Page>
  )
}
