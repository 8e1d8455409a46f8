import { useEffect } from 'react'
import { faultText } from '../app/app.ts'
import { useValue } from '../base/use-value.ts'
import { Banner, Button, Empty, Segments, Tabs, VisuallyHidden } from '../look/index.ts'
import { drawnByScreen } from '../phone/phone-holder.ts'
import { useWords } from '../words/use-words.ts'
import css from './agent.module.css'
import { currentOf } from './agent-desk.ts'
import { agentHolder, type ConsolePart, consoleView } from './agent-holder.ts'
import type { AgentRuntime } from './agent-services.ts'
import { CustomerPanel } from './customer-panel.tsx'
import { DayPanel } from './day-panel.tsx'
import { KeySheet } from './key-sheet.tsx'
import { LogInPanel } from './log-in-panel.tsx'
import { OwnCalls } from './own-calls.tsx'
import { SoundSheet } from './sound-sheet.tsx'
import { StateBar } from './state-bar.tsx'
import { StateNotice } from './state-notice.tsx'
import { TextPanel } from './text-panel.tsx'
import { WorkList } from './work-list.tsx'
import { WorkView } from './work-view.tsx'

/** The console of an agent: one list of work, the current item large, its customer beside it. */
export function Screen() {
  const { agent } = useWords()
  const runtime = useValue(agentHolder)
  if (runtime) return <Console runtime={runtime} />
  return (
    <>
      <VisuallyHidden>
        <h1>{agent.title}</h1>
      </VisuallyHidden>
      <Empty icon="headset" title={agent.noAgent}>
        <p>{agent.noAgentText}</p>
      </Empty>
    </>
  )
}

const parts: readonly ConsolePart[] = ['list', 'item', 'customer']

function Console({ runtime }: { readonly runtime: AgentRuntime }) {
  const words = useWords()
  const { agent, shell } = words
  const { desk } = runtime
  const state = useValue(desk.state)
  const part = useValue(consoleView.part)
  const side = useValue(consoleView.side)
  const sheet = useValue(consoleView.sheet)
  useEffect(() => desk.watch(), [desk])
  useEffect(() => {
    drawnByScreen.calls.set(true)
    return () => drawnByScreen.calls.set(false)
  }, [])
  const current = currentOf(state)
  const isIn = state.desk !== undefined && state.desk.agent.state !== 'loggedOff'
  return (
    <div className={css.console}>
      <VisuallyHidden>
        <h1>{agent.title}</h1>
      </VisuallyHidden>
      {state.fault !== undefined && (
        <Banner
          tone="warn"
          isLive
          tools={
            <Button size="small" onPress={() => void desk.load()}>
              {shell.retry}
            </Button>
          }
        >
          {faultText(words, state.fault)}
        </Banner>
      )}
      <StateBar runtime={runtime} state={state} />
      <StateNotice desk={desk} state={state} />
      {!isIn && (
        <div className={css.login}>
          <LogInPanel desk={desk} />
          <OwnCalls />
        </div>
      )}
      {isIn && (
        <>
          <div className={css.narrow}>
            <Segments
              label={agent.parts.label}
              value={part}
              onChange={(next) => consoleView.part.set(next)}
              choices={parts.map((id) => ({ id, label: agent.parts[id] }))}
            />
          </div>
          <div className={css.parts} data-part={part}>
            <section className={css.list} aria-label={agent.parts.list}>
              <WorkList runtime={runtime} state={state} currentId={current?.id} />
            </section>
            <section className={css.item} aria-label={agent.parts.item}>
              <OwnCalls />
              {current ? (
                <WorkView key={current.id} item={current} runtime={runtime} state={state} />
              ) : (
                <Empty icon="headset" title={agent.nothing}>
                  <p>{state.desk?.agent.state === 'ready' ? agent.nothingReady : agent.nothingNotReady}</p>
                </Empty>
              )}
            </section>
            <aside className={css.side} aria-label={agent.parts.customer}>
              <Tabs
                label={agent.parts.customer}
                chosen={side}
                onChoose={(id) => consoleView.side.set(id as typeof side)}
                pages={[
                  {
                    id: 'customer',
                    label: agent.customer.tab,
                    content: current ? (
                      <CustomerPanel key={current.id} item={current} runtime={runtime} />
                    ) : (
                      <p className={css.quiet}>{agent.customer.none}</p>
                    ),
                  },
                  {
                    id: 'texts',
                    label: agent.texts.tab,
                    content: <TextPanel runtime={runtime} item={current} state={state} />,
                  },
                  { id: 'day', label: agent.day.tab, content: <DayPanel state={state} /> },
                ]}
              />
            </aside>
          </div>
        </>
      )}
      {sheet === 'keys' && <KeySheet onClose={() => consoleView.sheet.set(undefined)} />}
      {sheet === 'sounds' && <SoundSheet sounds={runtime.sounds} onClose={() => consoleView.sheet.set(undefined)} />}
    </div>
  )
}
