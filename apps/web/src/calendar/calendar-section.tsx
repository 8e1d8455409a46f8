import { useMe } from '../app/use-app.ts'
import { useWords } from '../words/use-words.ts'
import { CalendarCard } from './calendar-card.tsx'
import { DayList } from './day-list.tsx'

/** My calendar, and what colleagues see of it. */
export function Section() {
  const { calendar } = useWords()
  const { user } = useMe()
  return (
    <>
      <CalendarCard />
      <DayList userId={user.id} title={calendar.ownDay} isCard />
    </>
  )
}
