import { useState } from 'react'
import type { ReplyOf } from '../../api/api.ts'
import { useApp } from '../../app/use-app.ts'
import { Tabs } from '../../look/index.ts'
import { useList } from '../use-list.ts'
import type { FlowSoundFile } from '../flows/use-supplies.ts'
import type { Queue } from './centre-model.ts'
import type { CentreProps } from './centre-props.ts'
import { QueueAsking } from './queue-asking.tsx'
import { QueueBasics, QueueNumbers } from './queue-basics.tsx'
import { QueueVoice } from './queue-voice.tsx'
import { areTargets, QueueWaiting } from './queue-waiting.tsx'
import { isName, ThingDialog } from './thing-dialog.tsx'
import { useCentreText } from './use-centre-text.ts'

const never = () => false

/** A queue, whole. */
export function QueueDialog({
  model,
  view,
  queue: opened,
  onClose,
}: Omit<CentreProps, 'users'> & { readonly queue: Queue; readonly onClose: () => void }) {
  const text = useCentreText()
  const { api } = useApp()
  const [queue, setQueue] = useState(opened)
  const [tab, setTab] = useState('basics')
  const sounds = useList<FlowSoundFile>('flow-sounds', () => api.call('listFlowSounds'), never)
  const boxes = useList<ReplyOf<'listSharedMailboxes'>['items'][number]>(
    'shared-mailboxes',
    () => api.call('listSharedMailboxes'),
    never,
  )
  const isNew = !view.centre.queues.some(({ id }) => id === queue.id)
  const isPublished = !isNew && view.changes.items.every(({ id, change }) => id !== queue.id || change !== 'added')
  const form = { queue, put: setQueue, view }
  return (
    <ThingDialog
      title={opened.name === '' ? text('quickQueue') : opened.name}
      model={model}
      view={view}
      section="queues"
      id={queue.id}
      isNew={isNew}
      isWide
      canSave={isName(queue.name) && areTargets(queue)}
      save={() => model.put('queues', queue)}
      onClose={onClose}
    >
      <Tabs
        label={opened.name}
        chosen={tab}
        onChoose={setTab}
        pages={[
          {
            id: 'basics',
            label: text('basics'),
            content: (
              <>
                <QueueBasics {...form} />
                <QueueNumbers model={model} view={view} queue={opened} isPublished={isPublished} />
              </>
            ),
          },
          { id: 'who', label: text('who'), content: <QueueAsking {...form} /> },
          {
            id: 'waiting',
            label: text('waiting'),
            content: (
              <QueueWaiting
                {...form}
                boxes={(boxes.items ?? []).flatMap(({ name, number }) =>
                  number === undefined ? [] : [{ name, number }],
                )}
              />
            ),
          },
          { id: 'heard', label: text('heard'), content: <QueueVoice {...form} sounds={sounds.items ?? []} /> },
        ]}
      />
    </ThingDialog>
  )
}
