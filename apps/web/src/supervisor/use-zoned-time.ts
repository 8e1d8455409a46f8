import { useMemo } from 'react'
import { useFormat } from '../words/use-words.ts'

/** Writes moments by the clock of the company, wherever the browser is. @returns (moment, isDay) => text */
export function useZonedTime(timeZone: string): (at: string, isDay?: boolean) => string {
  const { language } = useFormat()
  return useMemo(() => {
    const locale = language === 'en' ? 'en-GB' : language
    const day = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'short', day: 'numeric', month: 'short' })
    const time = new Intl.DateTimeFormat(locale, {
      timeZone,
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    return (at, isDay = false) => (isDay ? day : time).format(Date.parse(at))
  }, [language, timeZone])
}
