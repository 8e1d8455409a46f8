import { Link } from '../../app/link.tsx'
import { useApp, useMe } from '../../app/use-app.ts'
import { useValue } from '../../base/use-value.ts'
import { Banner, Button } from '../../look/index.ts'
import { phoneState } from '../../phone/phone-holder.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import css from '../agent.module.css'
import type { ChannelToolsProps } from '../channel-tools-props.ts'
import { customerName } from '../work.ts'

/** A customer who wants to be called: when that was agreed, and the call. */
export function Tools({ item, isMine, isOver }: ChannelToolsProps) {
  const { agent } = useWords()
  const format = useFormat()
  const { clock, services } = useApp()
  const { user } = useMe()
  // The platform calls the customer once the agent has taken it: here for whoever wants to try once more.
  const isSpeaking = useValue(phoneState).calls.length > 0
  const { number } = item.customer
  const { notBefore, callId, fromCallId } = item
  const seesAll = user.role === 'supervisor' || user.role === 'administrator'
  return (
    <div className={css.tools}>
      {notBefore !== undefined && (
        <Banner tone={Date.parse(notBefore) > clock.nowMs() ? 'info' : 'warn'}>
          {agent.callBack.agreed(format.moment(Date.parse(notBefore), clock.nowMs()))}
        </Banner>
      )}
      <p className={css.big}>{number ?? agent.callBack.noNumber}</p>
      {/* The first call was the customer's with the queue alone: its story is for those who see all calls. */}
      {seesAll && fromCallId !== undefined && (
        <Link to={`/calls/${encodeURIComponent(fromCallId)}`}>{agent.callBack.askedIn}</Link>
      )}
      {callId !== undefined && <Link to={`/calls/${encodeURIComponent(callId)}`}>{agent.callBack.madeIn}</Link>}
      {isMine && !isSpeaking && number !== undefined && services.callNumber && (
        <div className={css.keys}>
          <Button
            kind={isOver ? 'plain' : 'primary'}
            size="large"
            icon="call"
            onPress={() => services.callNumber?.(number, customerName(item))}
          >
            {isOver ? agent.callBack.again : agent.callBack.now}
          </Button>
        </div>
      )}
    </div>
  )
}
