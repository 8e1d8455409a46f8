import { useApp } from '../app/use-app.ts'
import { Banner, Button, Empty } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { AlarmList } from './alarm-list.tsx'
import { useCentreNow } from './frame.tsx'
import { QueueCard } from './queue-card.tsx'
import css from './supervisor.module.css'

/** The wallboard alone, for a screen on a wall: large letters, nothing around it. */
export function Screen() {
  const { supervisor: words } = useWords()
  const format = useFormat()
  const { router } = useApp()
  const { centre, clockAheadMs, loadedAtMs, fault } = useCentreNow()
  return (
    <main className={css.wall}>
      <header className={css.wallHead}>
        <h1>{words.wallboard}</h1>
        <Button onPress={() => router.go('/supervisor')}>{words.leaveBigScreen}</Button>
      </header>
      {fault !== undefined && loadedAtMs !== undefined && (
        <Banner tone="warn">{words.asOf(format.time(loadedAtMs))}</Banner>
      )}
      {centre && <AlarmList centre={centre} clockAheadMs={clockAheadMs} />}
      {centre?.queues.length === 0 && <Empty icon="headset" title={words.noQueues} />}
      {centre && (
        <div className={css.queues}>
          {centre.queues.map((queue) => (
            <QueueCard key={queue.id} queue={queue} agents={centre.agents} clockAheadMs={clockAheadMs} />
          ))}
        </div>
      )}
    </main>
  )
}
