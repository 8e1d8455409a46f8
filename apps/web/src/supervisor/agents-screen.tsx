import { useMemo, useState } from 'react'
import { Empty, Select } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { AgentRow } from './agent-row.tsx'
import type { AgentState } from './centre-now.ts'
import { Frame, useCentreNow } from './frame.tsx'
import { SkillsDialog } from './skills-dialog.tsx'
import css from './supervisor.module.css'

const order: readonly AgentState[] = ['ready', 'busy', 'workingAfterCall', 'notReady', 'loggedOff']

/** Every agent as they are now, and what a supervisor may do with them. */
export function Screen() {
  const { supervisor: words, shell } = useWords()
  const format = useFormat()
  const { centre, clockAheadMs } = useCentreNow()
  const [queueId, setQueueId] = useState('')
  const [editing, setEditing] = useState<string>()
  // Names change with a publication alone; rows are drawn anew only with what they show.
  const names = centre?.queues.map(({ id, name }) => `${id} ${name}`).join('\n') ?? ''
  const queueNames = useMemo(
    () =>
      new Map(names.split('\n').map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)])),
    [names],
  )
  const agents = (centre?.agents ?? [])
    .filter((agent) => queueId === '' || agent.queueIds.includes(queueId))
    .toSorted((a, b) => order.indexOf(a.now.state) - order.indexOf(b.now.state) || format.compare(a.name, b.name))
  const edited = centre?.agents.find(({ id }) => id === editing)
  const titles = [
    words.state,
    words.since,
    words.work,
    words.figures.answered,
    words.figures.missed,
    words.figures.averageHandlingMs,
  ]
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
      {centre && agents.length === 0 && <Empty icon="headset" title={words.noAgents} />}
      {centre && agents.length > 0 && (
        // A region that scrolls must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className={css.wide} tabIndex={0} role="region" aria-label={words.agents}>
          <table className={css.report}>
            <thead>
              <tr>
                <th scope="col" className={css.text}>
                  {words.name}
                </th>
                <th scope="col">{shell.rowActions}</th>
                {titles.map((title) => (
                  <th
                    key={title}
                    scope="col"
                    className={title === words.state || title === words.work ? css.text : undefined}
                  >
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {agents.map((agent) => (
                <AgentRow
                  key={agent.id}
                  agent={agent}
                  reasons={centre.reasons}
                  queueNames={queueNames}
                  clockAheadMs={clockAheadMs}
                  onSkills={setEditing}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {centre && edited && <SkillsDialog centre={centre} agent={edited} onClose={() => setEditing(undefined)} />}
    </Frame>
  )
}
