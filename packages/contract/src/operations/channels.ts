import Type from 'typebox'
import { Closed, OneOf, Time } from '../objects/common.ts'
import { operation } from '../operation.ts'

const count = (description: string) => Type.Integer({ minimum: 0, description })

const use = {
  now: count('Calls that use it now.'),
  mostToday: count('The most at once since midnight (UTC), or since the server began if that is later.'),
  mostTodayAt: Type.Optional(Time('When that was.')),
  refusedToday: count('Calls that were refused because nothing was left.'),
  limit: Type.Optional(count('The most that is allowed; absent: no limit of its own.')),
}

const channelUses = ['conversation', 'echo', 'conference', 'voicemail', 'queue', 'flow', 'feature', 'setup'] as const

const Channels = Closed(
  {
    company: Closed({
      ...use,
      uses: Type.Array(
        Closed({
          use: OneOf(
            channelUses,
            '`setup`: not answered yet. The others beside `conversation`: with a service of the platform.',
          ),
          now: count('Calls.'),
        }),
        { description: 'What the calls of now do, the most first.' },
      ),
      recordings: count('Recordings that are being written now.'),
    }),
    installation: Type.Optional(
      Closed(use, {
        description: 'All companies together, for the operator. `limit` is VAXEL_MAX_CALLS; `vaxel bench` proposes it.',
      }),
    ),
    compared: Closed(
      {
        people: count('People of the company.'),
        services: count('Most calls with services at once today.'),
        figures: Type.Array(Closed({ name: Type.String(), value: Type.Union([Type.String(), Type.Number()]) })),
      },
      { description: 'What the tables of Akio TWS ask for, for as many people and as many calls with services.' },
    ),
  },
  { title: 'Channels' },
)

export const readChannels = operation({
  id: 'readChannels',
  method: 'GET',
  path: '/api/v1/channels',
  tag: 'upkeep',
  summary: 'Media channels in use: now, at most today, and what is allowed',
  access: 'administrator',
  reply: Channels,
})
