import type { Alarm, Centre } from '../centre.ts'
import { type CentreFinding, finderAt } from './centre-finding.ts'

/** What is the matter with one alarm. */
export function checkAlarm(alarm: Alarm, { queues }: Centre): readonly CentreFinding[] {
  const { id, name, queueId, figure, is, value, byMail, byPush } = alarm
  const { error } = finderAt('alarms', id, name)
  return [
    ...(queueId !== undefined && !queues.some((queue) => queue.id === queueId) ? [error('queue-unknown')] : []),
    ...(byMail.length === 0 && !byPush ? [error('alarm-to-nobody')] : []),
    ...(figure === 'serviceLevelToday' && value > 100 ? [error('alarm-share')] : []),
    ...((is === 'under' && value <= 0) || (figure === 'serviceLevelToday' && is === 'over' && value === 100)
      ? [error('alarm-never')]
      : []),
  ]
}
