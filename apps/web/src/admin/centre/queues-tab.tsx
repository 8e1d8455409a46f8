import { useState } from 'react'
import { Button, Empty, Line, Stack, Table, type TableColumn } from '../../look/index.ts'
import type { Queue } from './centre-model.ts'
import type { CentreProps } from './centre-props.ts'
import { QueueDialog } from './queue-dialog.tsx'
import { channelKeys } from './queue-basics.tsx'
import { QuickQueue } from './quick-queue.tsx'
import { ThingState } from './thing-dialog.tsx'
import { useCentreText } from './use-centre-text.ts'

/** Queues, and the way to a new one. */
export function QueuesTab({ model, view, users }: CentreProps) {
  const text = useCentreText()
  const [openId, setOpenId] = useState<string>()
  const [isNew, setNew] = useState(false)
  const { queues, agents, schedules } = view.centre
  const staff = new Map<string, number>()
  for (const agent of agents) for (const { queueId } of agent.queues) staff.set(queueId, (staff.get(queueId) ?? 0) + 1)
  const columns: TableColumn<Queue>[] = [
    { id: 'name', title: text('name'), cell: ({ name }) => name },
    {
      id: 'numbers',
      title: text('numbers'),
      cell: ({ id }) =>
        view.numbers.flatMap(({ number, queueId }) => (queueId === id ? [number] : [])).join(', ') || '–',
    },
    {
      id: 'takes',
      title: text('takes'),
      cell: ({ channels }) => channels.map((channel) => text(channelKeys[channel])).join(', '),
    },
    { id: 'agents', title: text('tabAgents'), cell: ({ id }) => String(staff.get(id) ?? 0) },
    {
      id: 'hours',
      title: text('hours'),
      cell: ({ scheduleId }) => schedules.find(({ id }) => id === scheduleId)?.name ?? text('hoursAlways'),
    },
    { id: 'state', title: text('state'), cell: ({ id }) => <ThingState view={view} section="queues" id={id} /> },
  ]
  const opened = queues.find(({ id }) => id === openId)
  return (
    <Stack>
      <Line>
        <Button kind="primary" icon="plus" onPress={() => setNew(true)}>
          {text('quickQueue')}
        </Button>
      </Line>
      <Table
        label={text('tabQueues')}
        columns={columns}
        rows={queues}
        onOpen={({ id }) => setOpenId(id)}
        empty={
          <Empty icon="headset" title={text('startTitle')}>
            {text('startText')}
          </Empty>
        }
      />
      {isNew && <QuickQueue model={model} view={view} users={users} onClose={() => setNew(false)} />}
      {opened && (
        <QueueDialog key={opened.id} model={model} view={view} queue={opened} onClose={() => setOpenId(undefined)} />
      )}
    </Stack>
  )
}
