import { useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { Badge, Empty, IconButton, Menu, Quiet, Select, Table, type TableColumn, type Tone } from '../look/index.ts'
import { Ticking } from '../look/ticking.tsx'
import { useFormat, useWords } from '../words/use-words.ts'
import type { AgentInCentre, AgentState } from './centre-now.ts'
import { Frame, useCentreNow } from './frame.tsx'
import { SkillsDialog } from './skills-dialog.tsx'
import css from './supervisor.module.css'

const tones: Readonly<Partial<Record<AgentState, Tone>>> = { ready: 'good', busy: 'info', workingAfterCall: 'warn' }
const order: readonly AgentState[] = ['ready', 'busy', 'workingAfterCall', 'notReady', 'loggedOff']

/** Every agent as they are now, and what a supervisor may do with them. */
export function Screen() {
  const { supervisor: words } = useWords()
  const format = useFormat()
  const { api, router, showFault, toasts } = useApp()
  const { centre, clockAheadMs } = useCentreNow()
  const [queueId, setQueueId] = useState('')
  const [editing, setEditing] = useState<string>()
  const command = (agent: AgentInCentre, verb: 'logIn' | 'logOff' | 'ready' | 'notReady', reason?: string) =>
    void api
      .call('commandAgent', { params: { agentId: agent.id, verb }, body: reason === undefined ? {} : { reason } })
      .catch(showFault)
  const monitor = (callId: string, mode: 'listen' | 'whisper' | 'barge') =>
    void api
      .call('monitorCall', { params: { callId }, body: { mode } })
      .then(() => toasts.show({ tone: 'info', text: words.monitoring }))
      .catch(showFault)
  const menuOf = (agent: AgentInCentre) => {
    const isIn = agent.now.state !== 'loggedOff'
    const callId = agent.now.items.find((item) => item.callId !== undefined)?.callId
    return (
      <Menu
        trigger={<IconButton icon="more" label={words.manageAgent(agent.name)} size="small" />}
        label={words.manageAgent(agent.name)}
        groups={[
          ...(callId === undefined
            ? []
            : [
                {
                  id: 'call',
                  entries: (['listen', 'whisper', 'barge'] as const).map((mode) => ({
                    id: mode,
                    label: words[mode],
                    onAction: () => monitor(callId, mode),
                  })),
                },
              ]),
          {
            id: 'state',
            entries: isIn
              ? [
                  { id: 'ready', label: words.makeReady, onAction: () => command(agent, 'ready') },
                  { id: 'logOff', label: words.logOff, onAction: () => command(agent, 'logOff') },
                ]
              : [{ id: 'logIn', label: words.logIn, onAction: () => command(agent, 'logIn') }],
          },
          ...(isIn && centre && centre.reasons.length > 0
            ? [
                {
                  id: 'notReady',
                  title: words.makeNotReady,
                  entries: centre.reasons.map(({ id, name }) => ({
                    id: `reason ${id}`,
                    label: name ?? id,
                    onAction: () => command(agent, 'notReady', id),
                  })),
                },
              ]
            : []),
          {
            id: 'more',
            entries: [
              { id: 'skills', label: words.skills, icon: 'star', onAction: () => setEditing(agent.id) },
              {
                id: 'items',
                label: words.toItems,
                icon: 'history',
                onAction: () => router.go(`/supervisor/items?agentId=${agent.id}`),
              },
            ],
          },
        ]}
      />
    )
  }
  const columns: TableColumn<AgentInCentre>[] = [
    { id: 'name', title: words.name, cell: ({ name }) => name },
    // Beside the name, so that it is in reach on a phone too.
    { id: 'actions', title: '', cell: menuOf, width: 56 },
    {
      id: 'state',
      title: words.state,
      cell: ({ now: { state, reason, by } }) => (
        <span className={css.agentState}>
          <Badge {...(tones[state] ? { tone: tones[state] } : {})}>{words.agentStates[state]}</Badge>
          {reason && <Quiet>{reason.name ?? words.reasons[reason.id] ?? reason.id}</Quiet>}
          {by !== undefined && <Quiet>{words.putBy(by)}</Quiet>}
        </span>
      ),
    },
    {
      id: 'since',
      title: words.since,
      cell: ({ now }) => (now.state === 'loggedOff' ? '' : <Ticking sinceMs={Date.parse(now.since) - clockAheadMs} />),
    },
    {
      id: 'work',
      title: words.work,
      cell: ({ now }) => (
        <span className={css.agentState}>
          {now.asked > 0 && <Quiet>{words.asked}</Quiet>}
          {now.items.map((item) => (
            <span key={item.itemId}>
              {words.channels[item.channel]} · {centre?.queues.find(({ id }) => id === item.queueId)?.name}{' '}
              <Ticking sinceMs={Date.parse(item.since) - clockAheadMs} />
            </span>
          ))}
        </span>
      ),
    },
    {
      id: 'answered',
      title: words.figures.answered,
      cell: ({ now: { counts } }) => format.number(counts.answered),
    },
    { id: 'missed', title: words.figures.missed, cell: ({ now: { counts } }) => format.number(counts.missed) },
    {
      id: 'handling',
      title: words.figures.averageHandlingMs,
      cell: ({ now: { figures } }) =>
        figures.averageHandlingMs === undefined ? '–' : format.duration(figures.averageHandlingMs),
    },
  ]
  const agents = (centre?.agents ?? [])
    .filter((agent) => queueId === '' || agent.queueIds.includes(queueId))
    .toSorted((a, b) => order.indexOf(a.now.state) - order.indexOf(b.now.state) || format.compare(a.name, b.name))
  const edited = centre?.agents.find(({ id }) => id === editing)
  return (
    <Frame part="agents">
      {centre && (
        <div className={css.filters}>
          <Select
            label={words.queue}
            choices={[{ id: '', label: words.anyQueue }, ...centre.queues.map(({ id, name }) => ({ id, label: name }))]}
            value={queueId}
            onChange={setQueueId}
          />
        </div>
      )}
      {centre && (
        <Table
          label={words.agents}
          columns={columns}
          rows={agents}
          empty={<Empty icon="headset" title={words.noAgents} />}
        />
      )}
      {centre && edited && <SkillsDialog centre={centre} agent={edited} onClose={() => setEditing(undefined)} />}
    </Frame>
  )
}
