import { useApp } from '../app/use-app.ts'
import { Banner, Button } from '../look/index.ts'
import { useFormat, useWords } from '../words/use-words.ts'
import css from './agent.module.css'
import type { AgentDesk, DeskState } from './agent-desk.ts'
import { reasonName } from './reason-name.ts'

/** Why the agent is what they did not choose to be, who did that, and what comes next. */
export function StateNotice({ desk, state }: { readonly desk: AgentDesk; readonly state: DeskState }) {
  const words = useWords()
  const { agent: texts } = words
  const format = useFormat()
  const { clock, showFault } = useApp()
  const agent = state.desk?.agent
  if (!agent) return null
  const at = format.moment(Date.parse(agent.since), clock.nowMs())
  const readyAgain = (
    <Button size="small" kind="primary" onPress={() => void desk.ready().catch(showFault)}>
      {texts.readyAgain}
    </Button>
  )
  if (agent.state === 'notReady' && agent.reason?.id === 'missedOffer')
    return (
      <div className={css.notices}>
        <Banner tone="warn" isLive tools={readyAgain}>
          {texts.missed(at)}
        </Banner>
      </div>
    )
  if (agent.state === 'notReady' && agent.reason?.id === 'unreachable')
    return (
      <div className={css.notices}>
        <Banner tone="bad" isLive tools={readyAgain}>
          {texts.unreachable(at)}
        </Banner>
      </div>
    )
  return (
    <div className={css.notices}>
      {agent.by !== undefined && (
        <Banner tone="info" isLive {...(agent.state === 'notReady' ? { tools: readyAgain } : {})}>
          {texts.forced(agent.by, texts.states[agent.state], agent.reason && reasonName(agent.reason, words), at)}
        </Banner>
      )}
      {agent.next && (
        <Banner
          tone="info"
          isLive
          tools={
            <Button size="small" onPress={() => void desk.ready().catch(showFault)}>
              {texts.stayReady}
            </Button>
          }
        >
          {texts.next(texts.states[agent.next.state], reasonName(agent.next.reason, words))}
        </Banner>
      )}
    </div>
  )
}
