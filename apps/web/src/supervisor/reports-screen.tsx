import { useState } from 'react'
import { faultText } from '../app/app.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Banner, Button, Checkbox, Line, Quiet, Select, TextField } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { AgentReport } from './agent-report.tsx'
import { Definitions, type FigureWord } from './definitions.tsx'
import { Frame } from './frame.tsx'
import { MailedReports } from './mailed-reports.tsx'
import { addressOf, dimensions, intervals, queryOf, readWish, type ReportWish } from './report-wish.ts'
import { saveCsv } from './save-csv.ts'
import css from './supervisor.module.css'
import { useAsked } from './use-asked.ts'
import { WorkReport } from './work-report.tsx'
import { dateAt, ownTimeZone } from './zoned-days.ts'

const workFigures: readonly FigureWord[] = [
  'arrived',
  'answered',
  'inLevel',
  'abandoned',
  'short',
  'overflowed',
  'messageLeft',
  'moved',
  'closed',
  'open',
  'missed',
  'serviceLevel',
  'answeredShare',
  'averageWaitMs',
  'longestMs',
  'averageHandlingMs',
  'averageWrapMs',
]
const agentFigures: readonly FigureWord[] = [
  'loggedInMs',
  'readyMs',
  'busyMs',
  'wrapUpMs',
  'notReadyMs',
  'occupancy',
  'answered',
  'missed',
  'scorePercent',
]

/** Reports: what is asked for stands in the address; rows lead to the conversations behind them. */
export function Screen() {
  const words = useWords()
  const { supervisor } = words
  const format = useFormat()
  const { api, clock, router, toasts, showFault } = useApp()
  const { query } = useValue(router.location)
  const centre = useAsked(() => api.call('readCentreNow'), '')
  const wish = readWish(query, dateAt(centre.answer?.timeZone ?? ownTimeZone(), clock.nowMs()))
  const [isMailing, setMailing] = useState(false)
  const key = addressOf(wish)
  const change = (changed: Partial<ReportWish>) => router.replace(addressOf({ ...wish, ...changed }))
  const { from, to, interval } = wish
  const work = useAsked(
    async () => (wish.kind === 'work' ? api.call('readReport', { query: queryOf(wish) }) : undefined),
    key,
  )
  const agents = useAsked(
    async () => (wish.kind === 'agents' ? api.call('readAgentReport', { query: { from, to, interval } }) : undefined),
    key,
  )
  const { fault } = wish.kind === 'work' ? work : agents
  const save = () =>
    void (
      wish.kind === 'work'
        ? api.call('exportReport', { query: queryOf(wish) })
        : api.call('exportAgentReport', { query: { from, to, interval } })
    ).then(({ name, csv, rows }) => {
      saveCsv(name, csv)
      toasts.show({ tone: 'good', text: supervisor.saved(format.number(rows)) })
    }, showFault)
  return (
    <Frame
      part="reports"
      tools={
        <>
          <Button icon="mail" onPress={() => setMailing(true)}>
            {supervisor.byMail}
          </Button>
          <Button icon="download" onPress={save}>
            {supervisor.asFile}
          </Button>
        </>
      }
    >
      <div className={css.filters}>
        <Select
          label={supervisor.kind}
          choices={(['work', 'agents'] as const).map((id) => ({ id, label: supervisor.kinds[id] }))}
          value={wish.kind}
          onChange={(kind) => change({ kind })}
        />
        <TextField
          label={supervisor.from}
          type="date"
          value={from}
          onChange={(date) => date && change({ from: date })}
        />
        <TextField label={supervisor.to} type="date" value={to} onChange={(date) => date && change({ to: date })} />
        <Select
          label={supervisor.interval}
          choices={intervals.map((id) => ({ id, label: supervisor.intervals[id] }))}
          value={interval}
          onChange={(chosen) => change({ interval: chosen })}
        />
        {wish.kind === 'work' && (
          <Select
            label={supervisor.queue}
            choices={[
              { id: '', label: supervisor.anyQueue },
              ...(centre.answer?.queues ?? []).map(({ id, name }) => ({ id, label: name })),
            ]}
            value={wish.queueId}
            onChange={(queueId) => change({ queueId })}
          />
        )}
      </div>
      {wish.kind === 'work' && (
        <Line>
          <Quiet>{supervisor.apart}</Quiet>
          {dimensions.map((dimension) => (
            <Checkbox
              key={dimension}
              isOn={wish.by.includes(dimension)}
              onChange={(isOn) =>
                change({ by: dimensions.filter((id) => (id === dimension ? isOn : wish.by.includes(id))) })
              }
            >
              {supervisor.dimensions[dimension]}
            </Checkbox>
          ))}
        </Line>
      )}
      {fault !== undefined && <Banner tone="bad">{faultText(words, fault)}</Banner>}
      {wish.kind === 'work' && fault === undefined && work.answer && <WorkReport report={work.answer} wish={wish} />}
      {wish.kind === 'agents' && fault === undefined && agents.answer && <AgentReport report={agents.answer} />}
      <Definitions figures={wish.kind === 'work' ? workFigures : agentFigures} hasSum={wish.kind === 'work'} />
      {isMailing && <MailedReports wish={wish} onClose={() => setMailing(false)} />}
    </Frame>
  )
}
