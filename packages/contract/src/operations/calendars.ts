import Type from 'typebox'
import { TooManyRequests } from '../errors.ts'
import { CalendarBlockView, CalendarView, CalendarWish } from '../objects/calendar.ts'
import { Closed, Id, OneOf, Page, pageQuery, Time } from '../objects/common.ts'
import { operation } from '../operation.ts'

const tag = 'calendars'
const mine = '/api/v1/me/calendar'
const ofUser = '/api/v1/users/{userId}/calendar'
const params = { userId: Id('The user.') }

export const readMyCalendar = operation({
  id: 'readMyCalendar',
  method: 'GET',
  path: mine,
  tag,
  summary: 'The calendar that your presence follows, if there is one, and whether it can be read',
  access: 'user',
  reply: Closed({ calendar: Type.Optional(CalendarView) }, { title: 'MyCalendar' }),
})

export const putMyCalendar = operation({
  id: 'putMyCalendar',
  method: 'PUT',
  path: mine,
  tag,
  summary: 'Let your presence follow a calendar, or change how',
  description:
    'It is read at once and then every few minutes; the notice `calendar.changed` tells when that has ended. A new one needs `protocol` and `address`.',
  access: 'user',
  body: CalendarWish,
  status: 200,
  reply: CalendarView,
  errors: [TooManyRequests],
})

export const readMyCalendarNow = operation({
  id: 'readMyCalendarNow',
  method: 'POST',
  path: `${mine}/read`,
  tag,
  summary: 'Read your calendar now, at most every ten seconds',
  access: 'user',
  status: 200,
  reply: CalendarView,
})

export const removeMyCalendar = operation({
  id: 'removeMyCalendar',
  method: 'DELETE',
  path: mine,
  tag,
  summary: 'Follow your calendar no longer, and forget its address and password',
  access: 'user',
})

export const listCalendars = operation({
  id: 'listCalendars',
  method: 'GET',
  path: '/api/v1/calendars',
  tag,
  summary: 'Whose presence follows a calendar, and which cannot be read',
  access: 'administrator',
  query: pageQuery,
  reply: Page(CalendarView),
})

export const readUserCalendar = operation({
  id: 'readUserCalendar',
  method: 'GET',
  path: ofUser,
  tag,
  summary: 'The calendar that the presence of a user follows, if there is one',
  access: 'administrator',
  params,
  reply: Closed({ calendar: Type.Optional(CalendarView) }, { title: 'UserCalendar' }),
})

export const putUserCalendar = operation({
  id: 'putUserCalendar',
  method: 'PUT',
  path: ofUser,
  tag,
  summary: 'Let the presence of a user follow a calendar',
  description:
    'What of it is shown is the choice of its owner: it can be said here for a new one, as `busy` or `place`.',
  access: 'administrator',
  params,
  body: CalendarWish,
  status: 200,
  reply: CalendarView,
  errors: [TooManyRequests],
})

export const removeUserCalendar = operation({
  id: 'removeUserCalendar',
  method: 'DELETE',
  path: ofUser,
  tag,
  summary: 'Follow the calendar of a user no longer',
  access: 'administrator',
  params,
})

export const readColleagueDay = operation({
  id: 'readColleagueDay',
  method: 'GET',
  path: '/api/v1/presence/{userId}/day',
  tag,
  summary: 'What the calendar of a colleague says from now until the end of tomorrow, as far as they show it',
  access: 'user',
  params,
  reply: Closed(
    {
      state: OneOf(
        ['none', 'known', 'old'],
        '`none`: there is no calendar, or nothing is known of it. `old`: it could not be read lately.',
      ),
      to: Time('Until when it is told.'),
      blocks: Type.Array(CalendarBlockView, {
        maxItems: 100,
        description: 'In order, without overlaps; what is between them is free.',
      }),
    },
    { title: 'ColleagueDay' },
  ),
})
