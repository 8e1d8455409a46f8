import { useMe } from '../app/use-app.ts'
import { CalendarCard } from './calendar-card.tsx'
import { OwnDay } from './day-list.tsx'

/** My calendar, and what colleagues see of it. */
export function Section() {
  const { user } = useMe()
  return (
    <>
      <CalendarCard />
      <OwnDay userId={user.id} />
    </>
  )
}
