import { useApp } from '../app/use-app.ts'
import { useValue } from '../base/use-value.ts'
import { Badge, Button, classNames, IconButton, Menu } from '../look/index.ts'
import { Ticking } from '../look/ticking.tsx'
import { useWords } from '../words/use-words.ts'
import css from './agent.module.css'
import type { DeskState } from './agent-desk.ts'
import { consoleView } from './agent-holder.ts'
import type { AgentRuntime } from './agent-services.ts'
import { reasonName } from './reason-name.ts'
import type { AgentQueue } from './work.ts'

/** What the agent is, with one press to be something else; the queues; the tools. */
export function StateBar({ runtime, state }: { readonly runtime: AgentRuntime; readonly state: DeskState }) {
  const words = useWords()
  const { agent: texts } = words
  const { showFault, toasts } = useApp()
  const { desk, crm } = runtime
  const crmTab = useValue(crm.state)
  const place = state.desk
  if (!place) return null
  const { agent } = place
  const isIn = agent.state !== 'loggedOff'
  const reasons = state.place?.reasons ?? []
  const isReady = agent.state !== 'notReady' && agent.next === undefined
  const openCrm = () => {
    if (!crm.openByHand()) toasts.show({ tone: 'warn', text: texts.crm.blocked })
  }
  return (
    <header className={css.stateBar}>
      <div className={css.state} data-state={agent.state} role="status" aria-label={texts.yourState}>
        <span className={css.stateName}>{texts.states[agent.state]}</span>
        {agent.reason && agent.state !== 'loggedOff' && <span>{reasonName(agent.reason, words)}</span>}
        <Ticking sinceMs={Date.parse(agent.since)} />
      </div>
      {isIn && (
        <div className={css.stateKeys}>
          <Button
            kind={isReady ? 'plain' : 'primary'}
            icon="play"
            isDisabled={isReady}
            onPress={() => void desk.ready().catch(showFault)}
          >
            {texts.ready}
          </Button>
          <Menu
            label={texts.notReady}
            trigger={<Button icon="pause">{texts.notReady}</Button>}
            groups={[
              {
                id: 'reasons',
                title: texts.why,
                entries: [
                  ...reasons.map((reason, index) => ({
                    id: reason.id,
                    label: reasonName(reason, words),
                    ...(index < 9 ? { keys: `Alt+Shift+${index + 1}` } : {}),
                    isChosen: agent.reason?.id === reason.id,
                    onAction: () => void desk.notReady(reason.id).catch(showFault),
                  })),
                  ...(reasons.length === 0
                    ? [
                        {
                          id: 'plain',
                          label: texts.noReason,
                          onAction: () => void desk.notReady(undefined).catch(showFault),
                        },
                      ]
                    : []),
                ],
              },
            ]}
          />
        </div>
      )}
      {isIn && <Queues queues={state.place?.queues ?? []} />}
      <div className={css.barTools}>
        {state.place?.popsAt !== undefined && (
          <span className={css.wide}>
            <Button icon="external" size="small" onPress={openCrm}>
              {crmTab.isOpen ? texts.crm.isOpen : texts.crm.open}
            </Button>
          </span>
        )}
        <IconButton icon="speaker" label={texts.sounds.title} onPress={() => consoleView.sheet.set('sounds')} />
        <IconButton
          icon="command"
          label={texts.keys.title}
          shortcut="Alt+K"
          onPress={() => consoleView.sheet.set('keys')}
        />
        {isIn && <IconButton icon="log-out" label={texts.logOff} onPress={() => void desk.logOff().catch(showFault)} />}
      </div>
    </header>
  )
}

function Queues({ queues }: { readonly queues: readonly AgentQueue[] }) {
  const { agent } = useWords()
  return (
    <ul className={css.queues} aria-label={agent.queues.title}>
      {queues.map(({ id, name, isOpen, waiting, longestSince }) => (
        <li key={id} className={classNames(css.queue, waiting > 0 && css.queueBusy)}>
          <span className={css.queueName}>{name}</span>{' '}
          {isOpen ? (
            <span>
              {agent.queues.waiting(waiting)}
              {longestSince !== undefined && (
                <>
                  {' · '}
                  <Ticking sinceMs={Date.parse(longestSince)} />
                </>
              )}
            </span>
          ) : (
            <Badge>{agent.queues.closed}</Badge>
          )}
        </li>
      ))}
    </ul>
  )
}
