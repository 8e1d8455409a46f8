import { memo } from 'react'
import { useApp } from '../app/use-app.ts'
import { Badge, IconButton, Menu, type MenuGroup, Quiet, type Tone } from '../look/index.ts'
import { Ticking } from '../look/ticking.tsx'
import { useFormat, useWords } from '../words/use-words.ts'
import type { AgentInCentre, AgentState, CentreNow } from './centre-now.ts'
import css from './supervisor.module.css'

const tones: Readonly<Partial<Record<AgentState, Tone>>> = { ready: 'good', busy: 'info', workingAfterCall: 'warn' }

interface AgentRowProps {
  readonly agent: AgentInCentre
  readonly reasons: CentreNow['reasons']
  readonly queueNames: ReadonlyMap<string, string>
  readonly clockAheadMs: number
  readonly onSkills: (agentId: string) => void
}

/** One agent and what may be done with them. Drawn anew only when something of the agent changes: there may be hundreds. */
export const AgentRow = memo(function AgentRow({ agent, queueNames, clockAheadMs, ...rest }: AgentRowProps) {
  const { supervisor: words } = useWords()
  const format = useFormat()
  const { state, since, reason, by, asked, items, counts, figures } = agent.now
  return (
    <tr>
      <th scope="row" className={css.text}>
        {agent.name}
      </th>
      {/* Beside the name, so that it is in reach on a phone too. */}
      <td>
        <AgentMenu agent={agent} {...rest} />
      </td>
      <td className={css.text}>
        <span className={css.agentState}>
          <Badge {...(tones[state] ? { tone: tones[state] } : {})}>{words.agentStates[state]}</Badge>
          {reason && <Quiet>{reason.name ?? words.reasons[reason.id] ?? reason.id}</Quiet>}
          {by !== undefined && <Quiet>{words.putBy(by)}</Quiet>}
        </span>
      </td>
      <td>{state === 'loggedOff' ? '' : <Ticking sinceMs={Date.parse(since) - clockAheadMs} />}</td>
      <td className={css.text}>
        <span className={css.agentState}>
          {asked > 0 && <Quiet>{words.asked}</Quiet>}
          {items.map((item) => (
            <span key={item.itemId}>
              {words.channels[item.channel]} · {queueNames.get(item.queueId) ?? item.queueId}{' '}
              <Ticking sinceMs={Date.parse(item.since) - clockAheadMs} />
            </span>
          ))}
        </span>
      </td>
      <td>{format.number(counts.answered)}</td>
      <td>{format.number(counts.missed)}</td>
      <td>{figures.averageHandlingMs === undefined ? '–' : format.duration(figures.averageHandlingMs)}</td>
    </tr>
  )
})

function AgentMenu({ agent, reasons, onSkills }: Pick<AgentRowProps, 'agent' | 'reasons' | 'onSkills'>) {
  const { supervisor: words } = useWords()
  const { api, router, showFault, toasts } = useApp()
  const command = (verb: 'logIn' | 'logOff' | 'ready' | 'notReady', reason?: string) => () =>
    void api
      .call('commandAgent', { params: { agentId: agent.id, verb }, body: reason === undefined ? {} : { reason } })
      .catch(showFault)
  const monitor = (callId: string, mode: 'listen' | 'whisper' | 'barge') => () =>
    void api
      .call('monitorCall', { params: { callId }, body: { mode } })
      .then(() => toasts.show({ tone: 'info', text: words.monitoring }))
      .catch(showFault)
  const isIn = agent.now.state !== 'loggedOff'
  const callId = agent.now.items.find((item) => item.callId !== undefined)?.callId
  const modes = ['listen', 'whisper', 'barge'] as const
  const groups: MenuGroup[] = [
    ...(callId === undefined
      ? []
      : [
          {
            id: 'call',
            entries: modes.map((mode) => ({ id: mode, label: words[mode], onAction: monitor(callId, mode) })),
          },
        ]),
    {
      id: 'state',
      entries: isIn
        ? [
            { id: 'ready', label: words.makeReady, onAction: command('ready') },
            { id: 'logOff', label: words.logOff, onAction: command('logOff') },
          ]
        : [{ id: 'logIn', label: words.logIn, onAction: command('logIn') }],
    },
    ...(isIn && reasons.length > 0
      ? [
          {
            id: 'notReady',
            title: words.makeNotReady,
            entries: reasons.map(({ id, name }) => ({
              id: `reason ${id}`,
              label: name ?? id,
              onAction: command('notReady', id),
            })),
          },
        ]
      : []),
    {
      id: 'more',
      entries: [
        { id: 'skills', label: words.skills, icon: 'star' as const, onAction: () => onSkills(agent.id) },
        {
          id: 'items',
          label: words.toItems,
          icon: 'history' as const,
          onAction: () => router.go(`/supervisor/items?agentId=${agent.id}`),
        },
      ],
    },
  ]
  return (
    <Menu
      trigger={<IconButton icon="more" label={words.manageAgent(agent.name)} size="small" />}
      label={words.manageAgent(agent.name)}
      groups={groups}
    />
  )
}
