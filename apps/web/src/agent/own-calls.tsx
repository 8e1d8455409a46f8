import { useValue } from '../base/use-value.ts'
import { CallCard } from '../phone/call-card.tsx'
import { phoneHolder, phoneState } from '../phone/phone-holder.ts'
import { PhoneProblemView } from '../phone/phone-problem.tsx'
import css from './agent.module.css'

/** Every call of this page's telephone with its controls, whichever item is looked at: nobody has to search for the hold key. */
export function OwnCalls() {
  const runtime = useValue(phoneHolder)
  const state = useValue(phoneState)
  if (!runtime) return null
  const calls = state.calls.filter(({ state: { name } }) => name !== 'incoming')
  if (calls.length === 0) return state.problem ? <PhoneProblemView state={state} phone={runtime.phone} /> : null
  return (
    <div className={css.calls}>
      {calls.map((call) => (
        <CallCard
          key={call.id}
          call={call}
          isActive={call.id === state.activeId}
          others={calls}
          phone={runtime.phone}
        />
      ))}
      {state.problem && <PhoneProblemView state={state} phone={runtime.phone} />}
    </div>
  )
}
