import { useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { Button, Card, Empty, Quiet, Stack, Table, type TableColumn, TextField } from '../../look/index.ts'
import { useFormat } from '../../words/use-words.ts'
import css from './centre.module.css'
import { FaultBanner, useAsking } from './parts.tsx'
import { useCentreText } from './use-centre-text.ts'

type Replay = ReplyOf<'replayCentreDay'>
type Queue = Replay['queues'][number] & { readonly id: string }
type Outcome = Queue['was']

const dayMs = 86_400_000
const isMore = (typed: string): boolean => /^[+-]?\d{1,3}$/.test(typed)

/** A day of the past once more with the draft, before it is published. */
export function WhatIf({ hasDraft }: { readonly hasDraft: boolean }) {
  const text = useCentreText()
  const format = useFormat()
  const { api, clock } = useApp()
  const asking = useAsking()
  const [day, setDay] = useState(() => new Date(clock.nowMs() - dayMs).toISOString().slice(0, 10))
  const [agents, setAgents] = useState('0')
  const [replay, setReplay] = useState<Replay>()
  const go = () =>
    asking.run(async () => {
      const more = Number(agents)
      const body = { day, ...(more === 0 ? {} : { agents: more }), ...(hasDraft ? { draft: true } : {}) }
      setReplay(await api.call('replayCentreDay', { body }))
    })
  const level = ({ figures }: Outcome) =>
    figures.serviceLevel === undefined ? '–' : `${format.number(Math.round(figures.serviceLevel * 100))} %`
  const wait = ({ figures }: Outcome) =>
    figures.averageWaitMs === undefined ? '–' : `${format.number(Math.round(figures.averageWaitMs / 1000))} s`
  const told = (outcome: Outcome) =>
    text('whatIfTold', {
      level: level(outcome),
      wait: wait(outcome),
      answered: outcome.counts.answered,
      left: outcome.counts.abandoned,
    })
  const columns: TableColumn<Queue>[] = [
    { id: 'name', title: text('name'), cell: ({ name }) => name },
    { id: 'was', title: text('whatIfWas'), cell: ({ was }) => told(was) },
    { id: 'unchanged', title: text('whatIfUnchanged'), cell: ({ unchanged }) => told(unchanged) },
    { id: 'changed', title: text('whatIfChanged'), cell: ({ simulated }) => <strong>{told(simulated)}</strong> },
  ]
  return (
    <Card title={text('whatIf')}>
      <Stack>
        <Quiet>{text('whatIfAbout')}</Quiet>
        <div className={css.asking}>
          <TextField label={text('whatIfDay')} type="date" value={day} onChange={setDay} />
          <TextField label={text('whatIfAgents')} value={agents} onChange={setAgents} />
          <Button icon="play" isDisabled={asking.isBusy || day === '' || !isMore(agents)} onPress={go}>
            {text('whatIfGo')}
          </Button>
        </div>
        <FaultBanner fault={asking.fault} />
        {replay && (
          <Table
            label={text('whatIf')}
            columns={columns}
            rows={replay.queues.map((queue) => ({ ...queue, id: queue.queueId }))}
            empty={<Empty icon="history" title={text('whatIfNothing')} />}
          />
        )}
      </Stack>
    </Card>
  )
}
