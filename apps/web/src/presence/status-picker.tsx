import { Suspense, useState } from 'react'
import { late } from '../app/late.ts'
import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Button, Menu } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import { explain } from './explain.ts'
import { chosenStates } from './own-presence.ts'
import css from './presence.module.css'
import { Lamp } from './presence-mark.tsx'
import { presenceServices } from './presence-services.ts'

const StatusDialog = late(async () => (await import('./status-dialog.tsx')).StatusDialog)

/** One's own status in the bar: how colleagues see one, and the choice. */
export function StatusPicker() {
  const app = useApp()
  const words = useWords()
  const format = useFormat()
  const { presence } = words
  const own = useValue(presenceServices(app).own.state)
  const [isOpen, open] = useState(false)
  const chosen = own?.chosen?.state
  // Whoever looks offline by choice is shown the choice, not the disguise.
  const state = chosen === 'offline' ? chosen : own?.presence.state
  const name = state === undefined ? presence.unknown : presence.states[state]
  return (
    <div className={css.own}>
      <Menu
        label={presence.choose}
        trigger={
          <Button kind="quiet" aria-label={presence.own(name)}>
            <Lamp state={state} />
            <span className={css.ownText}>{name}</span>
          </Button>
        }
        groups={[
          {
            id: presence.state,
            title: presence.seenAs(explain(own?.presence, words, format, app.clock.nowMs())),
            entries: [
              {
                id: 'automatic',
                label: presence.automatic,
                isChosen: own !== undefined && chosen === undefined,
                onAction: () => app.actions.run('presence.automatic'),
              },
              ...chosenStates.map((id) => ({
                id,
                label: id === 'offline' ? presence.appearOffline : presence.states[id],
                isChosen: id === chosen,
                onAction: () => app.actions.run(`presence.${id}`),
              })),
            ],
          },
          {
            id: 'more',
            entries: [{ id: 'more', label: presence.more, icon: 'edit', onAction: () => open(true) }],
          },
        ]}
      />
      {isOpen && (
        <Suspense fallback={null}>
          <StatusDialog onClose={() => open(false)} />
        </Suspense>
      )}
    </div>
  )
}
