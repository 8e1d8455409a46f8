import { useMemo, useState } from 'react'
import { faultText } from '../../app/app.ts'
import { useApp } from '../../app/use-app.ts'
import {
  Badge,
  Button,
  Empty,
  Line,
  Quiet,
  SearchField,
  Stack,
  Table,
  type TableColumn,
  useQuestion,
} from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import adminCss from '../admin.module.css'
import { AgentDialog } from './agent-dialog.tsx'
import { AgentsDialog } from './agents-dialog.tsx'
import type { Agent } from './centre-model.ts'
import type { CentreProps } from './centre-props.ts'
import { ThingState } from './thing-dialog.tsx'
import { useCentreText } from './use-centre-text.ts'

type Shown = Agent & { readonly id: string; readonly name: string | undefined }

/** Rows that are drawn at first, and more each time. */
const rowsAtOnce = 100

/** Agents: found, changed one by one or many at once. */
export function AgentsTab({ model, view, users }: CentreProps) {
  const words = useWords()
  const text = useCentreText()
  const format = useFormat()
  const { toasts } = useApp()
  const [wanted, setWanted] = useState('')
  const [most, setMost] = useState(rowsAtOnce)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [open, setOpen] = useState<'new' | 'chosen'>()
  const [openId, setOpenId] = useState<string>()
  const { ask, dialog } = useQuestion((error) => faultText(words, error))
  const { queues, skills, agents } = view.centre
  const found = useMemo(() => {
    const names = new Map(users.map(({ id, displayName }) => [id, displayName]))
    const queueNames = new Map(queues.map(({ id, name }) => [id, name]))
    const folded = wanted.trim().toLowerCase()
    return agents
      .map((agent): Shown => ({ ...agent, id: agent.userId, name: names.get(agent.userId) }))
      .filter(({ name, id, queues: own }) =>
        [name ?? id, ...own.map(({ queueId }) => queueNames.get(queueId) ?? '')]
          .join(' ')
          .toLowerCase()
          .includes(folded),
      )
      .sort((a, b) => format.compare(a.name ?? a.id, b.name ?? b.id))
  }, [agents, users, queues, wanted, format])
  const columns: TableColumn<Shown>[] = [
    {
      id: 'name',
      title: text('name'),
      cell: ({ name, id }) => name ?? <Badge tone="warn">{`${id} (${text('gone')})`}</Badge>,
    },
    {
      id: 'queues',
      title: text('queues'),
      cell: (agent) =>
        agent.queues.map(({ queueId }) => queues.find(({ id }) => id === queueId)?.name ?? queueId).join(', ') || '–',
    },
    {
      id: 'skills',
      title: text('skills'),
      cell: (agent) =>
        agent.skills
          .map(({ skillId, level }) => `${skills.find(({ id }) => id === skillId)?.name ?? skillId} ${level}`)
          .join(', ') || '–',
    },
    {
      id: 'line',
      title: text('telephone'),
      cell: ({ line }) => (line.kind === 'number' ? line.number : text('ownDevices')),
    },
    { id: 'state', title: text('state'), cell: ({ id }) => <ThingState view={view} section="agents" id={id} /> },
  ]
  const askRemove = () =>
    ask({
      title: text('removeChosen'),
      text: text('removeChosenAsk', { n: chosen.size }),
      yes: text('removeChosen'),
      isDanger: true,
      run: async () => {
        await model.changeAgents([...chosen], 'remove')
        setChosen(new Set())
        toasts.show({ tone: 'good', text: text('kept') })
      },
    })
  const opened = agents.find(({ userId }) => userId === openId)
  const props = { model, view, users }
  return (
    <Stack>
      {dialog}
      <Line>
        <div className={adminCss.filter}>
          <SearchField label={text('search')} clearLabel={words.shell.clear} value={wanted} onChange={setWanted} />
        </div>
        <Button kind="primary" icon="person-add" onPress={() => setOpen('new')}>
          {text('addPeople')}
        </Button>
        {chosen.size > 0 && (
          <>
            <span>{text('chosen', { n: chosen.size })}</span>
            <Button icon="edit" onPress={() => setOpen('chosen')}>
              {text('changeChosen')}
            </Button>
            <Button icon="trash" onPress={askRemove}>
              {text('removeChosen')}
            </Button>
          </>
        )}
      </Line>
      <Table
        label={text('tabAgents')}
        columns={columns}
        rows={found.slice(0, most)}
        chosen={chosen}
        onChoose={setChosen}
        onOpen={({ id }) => setOpenId(id)}
        empty={<Empty icon="people" title={text(agents.length === 0 ? 'noAgents' : 'noAgentFits')} />}
      />
      {found.length > most && (
        <Line>
          <Quiet>{text('shownOf', { shown: most, all: found.length })}</Quiet>
          <Button onPress={() => setMost(most + rowsAtOnce)}>{text('showMore')}</Button>
        </Line>
      )}
      {open === 'new' && <AgentsDialog {...props} onClose={() => setOpen(undefined)} />}
      {open === 'chosen' && <AgentsDialog {...props} userIds={[...chosen]} onClose={() => setOpen(undefined)} />}
      {opened && <AgentDialog key={opened.userId} {...props} agent={opened} onClose={() => setOpenId(undefined)} />}
    </Stack>
  )
}
