import type { RequestOf } from '../api/api.ts'

export const intervals = ['none', 'quarter', 'hour', 'day'] as const
export const dimensions = ['queue', 'agent', 'channel', 'code'] as const
export type Interval = (typeof intervals)[number]
export type Dimension = (typeof dimensions)[number]

/** What somebody has asked for on the page of reports; it stands in the address, so that it can be sent to somebody else. */
export interface ReportWish {
  readonly kind: 'work' | 'agents'
  readonly from: string
  readonly to: string
  readonly interval: Interval
  readonly by: readonly Dimension[]
  readonly queueId: string
}

const isDate = (text: string | null): text is string => text !== null && /^20\d\d-[01]\d-[0-3]\d$/.test(text)
const among = <Word extends string>(words: readonly Word[], text: string | null): Word | undefined =>
  words.find((word) => word === text)

/**
 * What an address asks for; today by queue where it says nothing.
 * @param today the date in the company's time zone
 */
export function readWish(query: URLSearchParams, today: string): ReportWish {
  const from = query.get('from')
  const to = query.get('to')
  const by = query.get('by')
  return {
    kind: among(['work', 'agents'], query.get('kind')) ?? 'work',
    from: isDate(from) ? from : today,
    to: isDate(to) ? to : isDate(from) ? from : today,
    interval: among(intervals, query.get('interval')) ?? 'none',
    by: by === null ? ['queue'] : dimensions.filter((dimension) => by.split(',').includes(dimension)),
    queueId: query.get('queueId') ?? '',
  }
}

export const addressOf = ({ kind, from, to, interval, by, queueId }: ReportWish): string =>
  `/supervisor/reports?${new URLSearchParams({
    kind,
    from,
    to,
    interval,
    by: by.join(','),
    ...(queueId === '' ? {} : { queueId }),
  })}`

export function queryOf({ from, to, interval, by, queueId }: ReportWish): RequestOf<'readReport'>['query'] {
  return {
    from,
    to,
    interval,
    ...(by.length === 0 ? {} : { by: by.join(',') }),
    ...(queueId === '' ? {} : { queueId }),
  }
}
