import { useApp } from '../../app/use-app.ts'
import { Banner, Button } from '../../look/index.ts'
import { useFormat, useWords } from '../../words/use-words.ts'
import css from '../agent.module.css'
import type { ChannelToolsProps } from '../channel-tools-props.ts'
import { customerName } from '../work.ts'

/** A customer who wants to be called: when that was agreed, and the call. */
export function Tools({ item, isMine, isOver }: ChannelToolsProps) {
  const { agent } = useWords()
  const format = useFormat()
  const { clock, services } = useApp()
  const { number } = item.customer
  const { notBefore } = item
  return (
    <div className={css.tools}>
      {notBefore !== undefined && (
        <Banner tone={Date.parse(notBefore) > clock.nowMs() ? 'info' : 'warn'}>
          {agent.callBack.agreed(format.moment(Date.parse(notBefore), clock.nowMs()))}
        </Banner>
      )}
      <p className={css.big}>{number ?? agent.callBack.noNumber}</p>
      {isMine && number !== undefined && services.callNumber && (
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
