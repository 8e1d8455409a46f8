import { useState } from 'react'
import { useApp } from '../app/use-app.ts'
import { Banner, Button, Empty, IconButton, Menu, Switch } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { AlarmList } from './alarm-list.tsx'
import type { QueueInCentre } from './centre-now.ts'
import { Definitions } from './definitions.tsx'
import { alarmSoundKey, Frame, useCentreNow } from './frame.tsx'
import { QueueCard } from './queue-card.tsx'
import css from './supervisor.module.css'
import { WaitingDialog } from './waiting-dialog.tsx'

const liveFigures = ['serviceLevel', 'arrived', 'answered', 'abandoned', 'averageWaitMs'] as const

/** The wallboard, with what can be done about it. */
export function Screen() {
  const { supervisor: words } = useWords()
  const format = useFormat()
  const { api, router, kept, showFault } = useApp()
  const { centre, clockAheadMs, loadedAtMs, fault } = useCentreNow()
  const [shown, setShown] = useState<string>()
  const [hasSound, setSound] = useState(() => kept.get<boolean>(alarmSoundKey) ?? false)
  const setQueue = (queue: QueueInCentre, to: 'open' | 'closed' | 'schedule') =>
    void api.call('setQueueState', { params: { queueId: queue.id }, body: { to } }).catch(showFault)
  const tools = (
    <>
      <Switch
        isOn={hasSound}
        onChange={(isOn) => {
          setSound(isOn)
          kept.set(alarmSoundKey, isOn)
        }}
      >
        {words.alarmSound}
      </Switch>
      <Button icon="external" onPress={() => router.go('/wallboard')}>
        {words.bigScreen}
      </Button>
    </>
  )
  const shownQueue = centre?.queues.find(({ id }) => id === shown)
  return (
    <Frame part="now" tools={tools}>
      {fault !== undefined && loadedAtMs !== undefined && (
        <Banner tone="warn">{words.asOf(format.time(loadedAtMs))}</Banner>
      )}
      {centre && <AlarmList centre={centre} clockAheadMs={clockAheadMs} />}
      {centre?.queues.length === 0 && (
        <Empty icon="headset" title={words.noQueues}>
          <p>{words.noQueuesHint}</p>
        </Empty>
      )}
      {centre && (
        <div className={css.queues}>
          {centre.queues.map((queue) => (
            <QueueCard
              key={queue.id}
              queue={queue}
              agents={centre.agents}
              clockAheadMs={clockAheadMs}
              tools={
                <Menu
                  trigger={<IconButton icon="more" label={words.manageQueue(queue.name)} size="small" />}
                  label={words.manageQueue(queue.name)}
                  groups={[
                    {
                      id: 'look',
                      entries: [
                        { id: 'waiting', label: words.showWaiting, icon: 'clock', onAction: () => setShown(queue.id) },
                        {
                          id: 'items',
                          label: words.toItems,
                          icon: 'history',
                          onAction: () => router.go(`/supervisor/items?queueId=${queue.id}`),
                        },
                      ],
                    },
                    {
                      id: 'act',
                      entries: [
                        { id: 'open', label: words.openNow, onAction: () => setQueue(queue, 'open') },
                        { id: 'close', label: words.closeNow, onAction: () => setQueue(queue, 'closed') },
                        {
                          id: 'schedule',
                          label: words.bySchedule,
                          isDisabled: !queue.now.isByHand,
                          onAction: () => setQueue(queue, 'schedule'),
                        },
                      ],
                    },
                  ]}
                />
              }
            />
          ))}
        </div>
      )}
      {centre && centre.queues.length > 0 && <Definitions figures={liveFigures} hasLevelNow hasSum />}
      {centre && shownQueue && (
        <WaitingDialog
          centre={centre}
          queue={shownQueue}
          clockAheadMs={clockAheadMs}
          onClose={() => setShown(undefined)}
        />
      )}
    </Frame>
  )
}
