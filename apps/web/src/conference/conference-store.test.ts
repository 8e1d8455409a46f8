import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Api } from '../api/api.ts'
import { type Conference, ConferenceStore, type Room } from './conference-store.ts'
import { draftOf, newDraft, wishOf } from './room-draft.ts'

const conference = (version: number, more: Partial<Conference> = {}): Conference => ({
  number: '400',
  name: '',
  version,
  isRunning: true,
  isLocked: false,
  isLecture: false,
  isWaiting: false,
  isRecorded: false,
  members: [],
  ...more,
})

/** A stream whose notices a test sends by hand. */
function stream() {
  const listeners = new Map<string, (notice: never) => void>()
  const events = {
    onNotice: (kind: string, listener: (notice: never) => void) => {
      listeners.set(kind, listener)
      return () => listeners.delete(kind)
    },
    onLive: () => () => {},
  }
  const tell = (kind: string, data: unknown): void => listeners.get(kind)?.({ data } as never)
  return { events: events as never, tell }
}

describe('conferences on the screen', () => {
  it('follow notices, and are not put back by an answer that is older than they', async () => {
    const { events, tell } = stream()
    const store = new ConferenceStore({ call: async () => conference(3) } as unknown as Api)
    const stop = store.follow(events)
    tell('conference.changed', { conference: conference(5, { isLocked: true }) })
    assert.equal(await store.load('400'), true)
    assert.equal(store.of('400').get()?.isLocked, true)
    tell('conference.changed', { conference: conference(9, { isRunning: false }) })
    tell('conference.changed', { conference: conference(1) })
    assert.equal(store.of('400').get()?.version, 1)
    stop()
  })

  it('that go on are known from a list, which is asked for once, and from notices until they are over', async () => {
    const { events, tell } = stream()
    const asked: string[] = []
    const api = {
      call: async (id: string) => {
        asked.push(id)
        return { items: [conference(1), conference(1, { number: '410', isHidden: true })] }
      },
    } as unknown as Api
    const store = new ConferenceStore(api)
    store.follow(events)
    await Promise.all([store.loadRunning(), store.loadRunning()])
    assert.deepEqual(asked, ['listConferences'])
    const running = () => store.running.get().map(({ number }) => number)
    assert.deepEqual(running(), ['400'])
    tell('conference.changed', { conference: conference(1, { number: 'ad-hoc-1' }) })
    assert.deepEqual(running(), ['400', 'ad-hoc-1'])
    tell('conference.changed', { conference: conference(2, { isRunning: false }) })
    assert.deepEqual(running(), ['ad-hoc-1'])
  })

  it('show who speaks until nobody does, or it is over', () => {
    const { events, tell } = stream()
    const store = new ConferenceStore({} as Api)
    store.follow(events)
    tell('conference.speaking', { number: '400', speakers: [{ id: 'a', levelDbov: -20 }] })
    assert.deepEqual([...store.speakersOf('400').get()], [['a', -20]])
    tell('conference.changed', { conference: conference(2, { isRunning: false }) })
    assert.equal(store.speakersOf('400').get().size, 0)
  })

  it('that are hidden are said to be so', async () => {
    const store = new ConferenceStore({ call: async () => conference(0, { isHidden: true }) } as unknown as Api)
    assert.equal(await store.load('400'), false)
  })
})

describe('a room that is being set', () => {
  it('keeps what it was, and leaves out what is empty', () => {
    const room: Room = {
      number: '410',
      name: 'Monday',
      ownerId: 'u-1',
      moderatorIds: ['u-1', 'u-2'],
      hasPin: true,
      hasModeratorPin: false,
      pin: '2468',
      isOpenToCompany: false,
      waitsForModerator: true,
      endsWithModerator: false,
      announces: 'names',
      startsMuted: true,
      startsAsLecture: false,
      mostMembers: 12,
      membersNow: 0,
      mayModerate: true,
      mayChange: true,
    }
    assert.deepEqual(wishOf(draftOf(room)), {
      name: 'Monday',
      ownerId: 'u-1',
      moderatorIds: ['u-2'],
      pin: '2468',
      isOpenToCompany: false,
      waitsForModerator: true,
      endsWithModerator: false,
      startsMuted: true,
      startsAsLecture: false,
      announces: 'names',
      mostMembers: 12,
    })
    assert.equal('pin' in wishOf({ ...newDraft, name: 'x' }), false)
  })
})
